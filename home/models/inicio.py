from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from comun.paginas import SiemprePublica
from home.secciones import InicioBlock


class HomePage(SiemprePublica, Page):
    """Inicio del portal: la Oficina de Comunicaciones lo compone con secciones, y cada una trae sus datos."""

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

    def route(self, request, path_components):
        """Halla una página honda de una vez por su ruta: bajar nivel por nivel cuesta dos consultas en cada uno.

        De paso le deja en ``madres`` las que la contienen, que son sus migas.
        """
        if len(path_components) > 1 and (cadena := self._cadena(path_components)):
            *madres, pagina = cadena
            pagina = pagina.specific
            pagina.madres = [self, *madres]
            return pagina.route(request, [])
        return super().route(request, path_components)

    def _cadena(self, path_components):
        """Las páginas de cada tramo de la ruta, o nada si alguna no existe: una dirección de otra cosa."""
        tramos = [f"{self.url_path}{'/'.join(path_components[:n])}/" for n in range(1, len(path_components) + 1)]
        paginas = list(Page.objects.filter(url_path__in=tramos).order_by("depth"))
        return paginas if len(paginas) == len(tramos) else []
