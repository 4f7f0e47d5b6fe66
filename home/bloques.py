"""Bloques de las páginas de contenido: enlaces, menús, servicios y preguntas. Sin HTML libre.

Los del inicio están en ``home.secciones``.
"""

from django.core.exceptions import ValidationError
from wagtail import blocks

TEXTO = ["bold", "italic", "link", "ul", "ol", "document-link"]


class Destino(blocks.StructValue):
    """A dónde lleva un enlace y con qué texto."""

    @property
    def url(self) -> str:
        """Vacía si la página elegida ya no está publicada: quien lo muestra no lo enlaza."""
        if pagina := self.get("pagina"):
            return pagina.get_url() or "" if pagina.live else ""
        return self.get("direccion") or ""

    @property
    def rotulo(self) -> str:
        return self.get("texto") or (self["pagina"].title if self.get("pagina") else "")


class DestinoBlock(blocks.StructBlock):
    """Un enlace: a una página del sitio o a una dirección, del portal («/capacitaciones/») o de fuera."""

    texto = blocks.CharBlock(label="Texto", max_length=60, required=False, help_text="Vacío: el título de la página.")
    pagina = blocks.PageChooserBlock(label="Página", required=False)
    direccion = blocks.CharBlock(label="o dirección", max_length=255, required=False)

    class Meta:
        icon = "link"
        label = "Enlace"
        value_class = Destino

    def clean(self, value):
        limpio = super().clean(value)
        errores = {}
        direccion = limpio["direccion"]
        if bool(limpio["pagina"]) == bool(direccion):
            errores["pagina"] = ValidationError("Elija una página o escriba una dirección, una de las dos.")
        elif direccion:
            es_del_portal = direccion.startswith("/") and not direccion.startswith("//")
            if not es_del_portal and not direccion.startswith(("https://", "http://")):
                errores["direccion"] = ValidationError("Empiece con «/» si es del portal, o con https://.")
            if not limpio["texto"]:
                errores["texto"] = ValidationError("Escriba el texto del enlace.")
        if errores:
            raise blocks.StructBlockValidationError(block_errors=errores)
        return limpio


class MenuBlock(blocks.StreamBlock):
    enlace = DestinoBlock()


class EnlacesBlock(blocks.StreamBlock):
    enlace = DestinoBlock()


class ModalidadBlock(blocks.StructBlock):
    nombre = blocks.CharBlock(label="Modalidad", max_length=60, help_text="Por ejemplo, Presencial.")
    pasos = blocks.ListBlock(blocks.RichTextBlock(label="Paso", features=TEXTO), label="Pasos", min_num=1)

    class Meta:
        icon = "list-ol"
        label = "Modalidad"


class ModalidadesBlock(blocks.StreamBlock):
    modalidad = ModalidadBlock()


class PreguntaBlock(blocks.StructBlock):
    pregunta = blocks.CharBlock(label="Pregunta", max_length=200)
    respuesta = blocks.RichTextBlock(label="Respuesta", features=TEXTO)


class TemaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Tema", max_length=80)
    preguntas = blocks.ListBlock(PreguntaBlock(), label="Preguntas", min_num=1)

    class Meta:
        icon = "help"
        label = "Tema"


class PreguntasBlock(blocks.StreamBlock):
    tema = TemaBlock()
