from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """Inicio del portal."""

    titular = models.CharField("titular", max_length=120, default="Capacitación gratuita para su entidad")
    bajada = models.TextField("bajada", blank=True)
    cuerpo = RichTextField("texto", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("titular"), FieldPanel("bajada"), FieldPanel("cuerpo")]
    parent_page_types = ["wagtailcore.Page"]
    # Las páginas de los pisos bajos no nombran a esta: el orden de los pisos va hacia abajo.
    subpage_types = [
        "eventos.CalendarioPage",
        "boletines.BoletinesIndexPage",
        "boletines.ComunicadosIndexPage",
        "directorio.CentrosIndexPage",
        "home.PaginaEstandar",
    ]
    max_count = 1
    template = "home/home_page.html"

    class Meta:
        verbose_name = "inicio"


class PaginaEstandar(Page):
    """Página de contenido: información, preguntas frecuentes, avisos legales."""

    resumen = models.CharField("resumen", max_length=255, blank=True)
    cuerpo = RichTextField("texto")

    content_panels = [*Page.content_panels, FieldPanel("resumen"), FieldPanel("cuerpo")]
    parent_page_types = ["home.HomePage", "home.PaginaEstandar"]
    subpage_types = ["home.PaginaEstandar"]
    template = "home/pagina_estandar.html"

    class Meta:
        verbose_name = "página estándar"
        verbose_name_plural = "páginas estándar"
