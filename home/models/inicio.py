from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from boletines.models import BoletinPage, ComunicadoPage
from eventos.models import Capacitacion
from home.bloques import InicioBlock
from organizacion.models import Departamento, Jurisdiccion

PROXIMAS = 6
COMUNICADOS = 3


class HomePage(Page):
    """Inicio del portal: la Oficina de Comunicaciones lo compone con secciones."""

    secciones = StreamField(InicioBlock(), verbose_name="secciones", default=list)

    content_panels = [*Page.content_panels, FieldPanel("secciones")]
    parent_page_types = ["wagtailcore.Page"]
    # Las páginas de los pisos bajos no nombran a esta: el orden de los pisos va hacia abajo.
    subpage_types = [
        "eventos.CalendarioPage",
        "boletines.BoletinesIndexPage",
        "boletines.ComunicadosIndexPage",
        "directorio.CentrosIndexPage",
        "home.BibliotecaPage",
        "home.NoticiasIndexPage",
        "home.PaginaEstandar",
        "home.PreguntasFrecuentesPage",
        "home.ServiciosIndexPage",
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
