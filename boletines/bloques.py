"""Secciones fijas de un boletín (R105–R107): qué puede llevar y en qué forma. Sin HTML libre."""

from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXTO = ["bold", "italic", "link", "ul", "ol"]


class Imagen(ImageBlock):
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
        template = "boletines/bloques/noticia.html"


class NormaBlock(blocks.StructBlock):
    numero = blocks.CharBlock(label="Norma", max_length=80, help_text="Por ejemplo, R.D. N.° 001-2026-EF/50.01")
    fecha = blocks.DateBlock(label="Fecha")
    resumen = blocks.TextBlock(label="De qué trata", max_length=400)
    enlace = blocks.URLBlock(label="Enlace al texto", required=False)

    class Meta:
        icon = "doc-full-inverse"
        label = "Norma"
        template = "boletines/bloques/norma.html"


class ActividadBlock(blocks.StructBlock):
    centro = blocks.CharBlock(label="Centro", max_length=60)
    titulo = blocks.CharBlock(label="Título", max_length=120)
    texto = blocks.RichTextBlock(label="Texto", features=TEXTO)
    imagen = Imagen(label="Imagen", required=False)

    class Meta:
        icon = "group"
        label = "Actividad de un centro"
        template = "boletines/bloques/actividad.html"


class SeccionesBlock(blocks.StreamBlock):
    noticia = NoticiaBlock(group="MEF")
    norma = NormaBlock(group="MEF")
    actividad = ActividadBlock(group="Centros")
