from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.dates import MONTHS
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from boletines.bloques import SeccionesBlock


class BoletinesIndexPage(Page):
    """«/boletines/»: la última edición y el archivo."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["boletines.BoletinPage"]
    max_count = 1
    template = "boletines/boletines_index_page.html"

    class Meta:
        verbose_name = "archivo de boletines"


class BoletinPage(Page):
    """Una edición mensual del boletín electrónico (R105)."""

    anio = models.PositiveSmallIntegerField("año", validators=[MinValueValidator(2013), MaxValueValidator(2100)])
    mes = models.PositiveSmallIntegerField("mes", choices=[(n, str(nombre)) for n, nombre in MONTHS.items()])
    editorial = models.TextField("editorial", blank=True)
    portada = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    cuerpo = StreamField(SeccionesBlock(), verbose_name="secciones", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("mes"), FieldPanel("anio")]),
        FieldPanel("portada"),
        FieldPanel("editorial"),
        FieldPanel("cuerpo"),
    ]
    parent_page_types = ["boletines.BoletinesIndexPage"]
    subpage_types = []
    template = "boletines/boletin_page.html"

    class Meta:
        verbose_name = "boletín"
        verbose_name_plural = "boletines"
        constraints = [models.UniqueConstraint(fields=["anio", "mes"], name="boletin_uno_por_mes")]
