from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet


class ComunicadoQuerySet(PageQuerySet):
    def vigentes(self, en=None):
        """Los que rigen en la fecha ``en`` (hoy si no se dice), el más reciente primero."""
        en = en or timezone.localdate()
        return self.filter(Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=en), fecha__lte=en).order_by("-fecha")


class ComunicadosIndexPage(Page):
    """«/comunicados/»: los comunicados oficiales (R111)."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["boletines.ComunicadoPage"]
    max_count = 1
    template = "boletines/comunicados_index_page.html"

    class Meta:
        verbose_name = "lista de comunicados"


class ComunicadoPage(Page):
    """Información oficial del MEF (R111)."""

    fecha = models.DateField("fecha", default=timezone.localdate)
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sistema"
    )
    resumen = models.CharField("resumen", max_length=255)
    imagen = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    cuerpo = RichTextField("texto", features=["h3", "bold", "italic", "link", "ul", "ol", "document-link"])

    objects = PageManager.from_queryset(ComunicadoQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("fecha"), FieldPanel("vigente_hasta")]),
        FieldPanel("sistema"),
        FieldPanel("resumen"),
        FieldPanel("imagen"),
        FieldPanel("cuerpo"),
    ]
    parent_page_types = ["boletines.ComunicadosIndexPage"]
    subpage_types = []
    template = "boletines/comunicado_page.html"

    class Meta:
        verbose_name = "comunicado"
        verbose_name_plural = "comunicados"
