from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from comun.busqueda import Buscable, filtrar_por_texto

POR_PAGINA = 25


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

    def get_context(self, request, *args, **kwargs):
        from home.forms import FiltrosDeNormasForm  # el formulario conoce los modelos

        form = FiltrosDeNormasForm(request.GET)
        normas = Norma.objects.filtradas(**form.elegidos).select_related("sistema", "documento")
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "pagina": Paginator(normas, POR_PAGINA).get_page(request.GET.get("pagina")),
            "parametros": f"{urlencode(form.en_la_direccion)}&" if form.en_la_direccion else "",
        }


class NormaQuerySet(models.QuerySet):
    def filtradas(self, *, q="", sistema=None, es_general=False, tipo="", anio=None, vigencia=""):
        """Las que cumplen cada filtro que no venga vacío. ``vigencia``: «vigentes» o «derogadas»."""
        iguales = {"sistema": sistema, "tipo": tipo, "fecha__year": anio}
        filas = self.filter(**{campo: valor for campo, valor in iguales.items() if valor})
        if es_general:
            filas = filas.filter(sistema__isnull=True)
        if vigencia:
            filas = filas.filter(esta_vigente=vigencia == "vigentes")
        return filtrar_por_texto(filas, q)

    def anios(self) -> list[int]:
        """Los años con alguna norma, el último primero."""
        return sorted({fecha.year for fecha in self.dates("fecha", "year")}, reverse=True)


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

    objects = NormaQuerySet.as_manager()

    campos_de_busqueda = ("numero", "clase", "titulo", "sumilla", "sistema")

    class Meta:
        verbose_name = "norma"
        verbose_name_plural = "normas"
        ordering = ["-fecha", "numero"]

    def __str__(self):
        return self.numero

    @property
    def clase(self) -> str:
        return self.get_tipo_display()

    @property
    def en_la_direccion(self) -> str:
        """El filtro de la biblioteca que la deja sola a la vista."""
        return f"?{urlencode({'q': self.numero})}"

    @property
    def url(self) -> str:
        """Dónde se lee: su documento o su enlace; «» si no se conoce una dirección segura."""
        return self.documento.url if self.documento_id else self.enlace
