"""Bloques fijos de la parte del MEF en un boletín (R105, R106): qué puede llevar y en qué forma. Sin HTML libre."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from boletines.graficos import opciones

TEXTO = ["bold", "italic", "link", "ul", "ol"]


class Imagen(ImageBlock):
    """Pide texto alternativo o que se marque como decorativa."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.child_blocks["image"].label = "Archivo"  # Wagtail lo deja en inglés


class NoticiaBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=120)
    imagen = Imagen(label="Imagen", required=False)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)
    enlace = blocks.URLBlock(label="Enlace para saber más", required=False)

    class Meta:
        icon = "doc-full"
        label = "Noticia"


class NormaBlock(blocks.StructBlock):
    numero = blocks.CharBlock(label="Norma", max_length=80, help_text="Por ejemplo, R.D. N.° 001-2026-EF/50.01")
    fecha = blocks.DateBlock(label="Fecha")
    resumen = blocks.TextBlock(label="De qué trata", max_length=400)
    enlace = blocks.URLBlock(label="Enlace al texto", required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = "Norma"


class ComunicadoBlock(blocks.StructBlock):
    """Un comunicado ya publicado: su título y su resumen son los oficiales, no se vuelven a escribir (R111)."""

    comunicado = blocks.PageChooserBlock(label="Comunicado", page_type="boletines.ComunicadoPage")

    class Meta:
        icon = "warning"
        label = "Comunicado"

    def clean(self, value):
        limpio = super().clean(value)
        if not limpio["comunicado"].live:
            falta = ValidationError("Ese comunicado aún no está publicado.")
            raise blocks.StructBlockValidationError({"comunicado": falta})
        return limpio


class DisposicionBlock(blocks.StructBlock):
    titulo = blocks.CharBlock(label="Título", max_length=120)
    fecha = blocks.DateBlock(label="Fecha", required=False)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)
    enlace = blocks.URLBlock(label="Enlace al texto", required=False)

    class Meta:
        icon = "list-ul"
        label = "Disposición"


class ActividadBlock(blocks.StructBlock):
    centro = blocks.CharBlock(label="Centro", max_length=60)
    titulo = blocks.CharBlock(label="Título", max_length=120)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)
    imagen = Imagen(label="Imagen", required=False)

    class Meta:
        icon = "group"
        label = "Actividad de un centro"


class AgendaBlock(blocks.StructBlock):
    fecha = blocks.DateBlock(label="Fecha")
    que = blocks.CharBlock(label="Qué", max_length=160)
    donde = blocks.CharBlock(label="Dónde", max_length=120, required=False)
    enlace = blocks.URLBlock(label="Enlace", required=False)

    class Meta:
        icon = "date"
        label = "Fecha de la agenda"


class GraficoBlock(blocks.StructBlock):
    """Una cifra del mes que el portal ya calcula; nadie la escribe a mano."""

    cifra = blocks.ChoiceBlock(label="Cifra", choices=opciones)
    comentario = blocks.TextBlock(label="Comentario", max_length=300, required=False)

    class Meta:
        icon = "table"
        label = "Gráfico"


class SeccionesBlock(blocks.StreamBlock):
    noticia = NoticiaBlock(group="MEF")
    norma = NormaBlock(group="MEF")
    comunicado = ComunicadoBlock(group="MEF")
    disposicion = DisposicionBlock(group="MEF")
    agenda = AgendaBlock(group="MEF")
    grafico = GraficoBlock(group="MEF")
    actividad = ActividadBlock(group="Centros")
