from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from .texto import sin_html


class PaginaEstandar(Page):
    """Página de contenido: información, avisos legales, «Cómo presentar su escrito»."""

    resumen = models.CharField("resumen", max_length=255, blank=True)
    cuerpo = RichTextField("texto")

    content_panels = [*Page.content_panels, FieldPanel("resumen"), FieldPanel("cuerpo")]
    parent_page_types = ["home.HomePage", "home.PaginaEstandar"]
    subpage_types = ["home.PaginaEstandar"]
    template = "home/pagina_estandar.html"

    class Meta:
        verbose_name = "página estándar"
        verbose_name_plural = "páginas estándar"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"subpaginas": self.get_children().live()}

    @property
    def texto_busqueda(self):
        return sin_html(self.cuerpo)
