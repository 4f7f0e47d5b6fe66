from django.db import models
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from boletines.models import BoletinPage, ComunicadoPage
from eventos.models import Capacitacion
from organizacion.models import Departamento, Jurisdiccion

PROXIMAS = 6
COMUNICADOS = 3


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

    def get_context(self, request, *args, **kwargs):
        proximas = Capacitacion.objects.en_pie().proximas()
        comunicados = ComunicadoPage.objects.live().vigentes().defer("cuerpo")
        atendidas = Jurisdiccion.objects.vigentes().filter(centro__esta_activo=True)
        return super().get_context(request, *args, **kwargs) | {
            "proximas": proximas.para_mostrar()[:PROXIMAS],
            "comunicados": comunicados[:COMUNICADOS],
            "boletin": BoletinPage.objects.live().defer("cuerpo").order_by("-anio", "-mes").first(),
            "departamentos": Departamento.objects.filter(pk__in=atendidas.values("provincia__departamento")),
        }


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

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {"subpaginas": self.get_children().live()}

    @property
    def texto_busqueda(self):
        return strip_tags(self.cuerpo.replace("<", " <"))
