from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from organizacion.models import Sistema

from .indexada import Indexada

POR_PAGINA = 12


class ComunicadoQuerySet(PageQuerySet):
    def vigentes(self, en=None):
        """Los que rigen en la fecha ``en`` (hoy si no se dice), el más reciente primero."""
        en = en or timezone.localdate()
        return self.filter(Q(vigente_hasta__isnull=True) | Q(vigente_hasta__gte=en), fecha__lte=en).order_by("-fecha")

    def por_vigencia(self, en=None):
        """Primero los vigentes y después el archivo, cada grupo del más reciente al más antiguo."""
        en = en or timezone.localdate()
        vencido = Case(When(vigente_hasta__lt=en, then=True), default=False)
        return self.filter(fecha__lte=en).annotate(vencido=vencido).order_by("vencido", "-fecha", "-pk")


class ComunicadosIndexPage(Page):
    """«/comunicados/»: los comunicados oficiales (R111)."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["boletines.ComunicadoPage"]
    max_count = 1
    template = "boletines/comunicados_index_page.html"

    class Meta:
        verbose_name = "lista de comunicados"

    def get_context(self, request, *args, **kwargs):
        comunicados = ComunicadoPage.objects.child_of(self).live().select_related("sistema").defer("cuerpo")
        sistemas = list(Sistema.objects.all())
        elegido = next((s for s in sistemas if s.slug == request.GET.get("sistema")), None)
        if elegido:
            comunicados = comunicados.filter(sistema=elegido)
        return super().get_context(request, *args, **kwargs) | {
            "sistemas": sistemas,
            "elegido": elegido,
            "pagina": Paginator(comunicados.por_vigencia(), POR_PAGINA).get_page(request.GET.get("pagina")),
            "parametros": f"sistema={elegido.slug}&" if elegido else "",
        }


class ComunicadoPage(Indexada, Page):
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

    @property
    def esta_vigente(self):
        return self.vigente_hasta is None or self.vigente_hasta >= timezone.localdate()

    @property
    def etiquetas(self) -> list[str]:
        """Su sistema y hasta cuándo rige, para las listas."""
        vigencia = ""
        if self.vigente_hasta:
            dia = date_format(self.vigente_hasta, r"j \d\e F \d\e Y")
            vigencia = f"Vigente hasta el {dia}" if self.esta_vigente else f"Venció el {dia}"
        return [texto for texto in (self.sistema and self.sistema.nombre, vigencia) if texto]

    def clean(self):
        super().clean()
        if self.fecha and self.vigente_hasta and self.vigente_hasta < self.fecha:
            raise ValidationError({"vigente_hasta": "No puede vencer antes de la fecha del comunicado."})
        if self.imagen and not self.imagen.description.strip():
            raise ValidationError({"imagen": "Esta imagen no tiene descripción: edítela y escriba qué muestra."})

    def partes_de_busqueda(self):
        return [self.title, self.resumen, strip_tags(self.cuerpo.replace("<", " <"))]
