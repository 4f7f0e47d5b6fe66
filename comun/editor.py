"""El editor de texto con formato de la intranet."""

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea


class EditorDeTexto(DraftailRichTextArea):
    """Draftail, salvo que un contenido armado a mano es un pedido mal hecho (400) y no una falla del portal (500)."""

    def value_from_datadict(self, data, files, name):
        try:
            return super().value_from_datadict(data, files, name)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise BadRequest("El texto no llegó como lo envía el editor.") from error
