from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from comun.busqueda import Buscable


class BibliotecaPage(Page):
    """«/normas/»: la biblioteca normativa."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
    template = "home/biblioteca_page.html"

    class Meta:
        verbose_name = "biblioteca normativa"


class Norma(Buscable):
    """Una norma de los sistemas administrativos: qué dice, desde cuándo y dónde se lee."""

    class Tipo(models.TextChoices):
        LEY = "ley", "Ley"
        DECRETO_LEGISLATIVO = "decreto_legislativo", "Decreto legislativo"
        DECRETO_SUPREMO = "decreto_supremo", "Decreto supremo"
        RESOLUCION = "resolucion", "Resolución"
        DIRECTIVA = "directiva", "Directiva"
        INSTRUCTIVO = "instructivo", "Instructivo o guía"

    tipo = models.CharField("tipo", max_length=20, choices=Tipo)
    numero = models.CharField("número", max_length=80, unique=True, help_text="Por ejemplo, D. Leg. N.° 1440.")
    titulo = models.CharField("de qué trata", max_length=255)
    sumilla = models.TextField("resumen", blank=True)
    fecha = models.DateField("fecha de publicación")
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sistema"
    )
    esta_vigente = models.BooleanField("vigente", default=True)
    enlace = models.URLField("enlace al texto", blank=True)
    documento = models.ForeignKey(
        "wagtaildocs.Document", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="documento"
    )

    campos_de_busqueda = ("numero", "titulo", "sumilla", "sistema")

    class Meta:
        verbose_name = "norma"
        verbose_name_plural = "normas"
        ordering = ["-fecha", "numero"]

    def __str__(self):
        return self.numero

    def clean(self):
        if not self.enlace and not self.documento_id:
            raise ValidationError({"enlace": "Escriba dónde se lee la norma o adjunte su documento."})

    @property
    def url(self):
        return self.documento.url if self.documento_id else self.enlace
