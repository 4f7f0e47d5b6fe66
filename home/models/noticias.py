from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from boletines.models import Indexada
from comun.paginas import SiemprePublica
from directorio.models import CentroPage

from .texto import CON_SECCIONES, sin_html

POR_PAGINA = 12
OTRAS = 3


class NoticiaQuerySet(PageQuerySet):
    def publicadas(self, en=None):
        """Las que el público ve en la fecha ``en`` (hoy si no se dice), la más reciente primero."""
        return self.live().filter(fecha__lte=en or timezone.localdate()).order_by("-fecha", "-pk")

    def del_centro(self, centro):
        """Las de ``centro`` y las que son de todos."""
        return self.filter(models.Q(centro=centro) | models.Q(centro__isnull=True))

    def para_mostrar(self):
        """Con lo que una lista muestra, sin el texto y con las imágenes ya recortadas."""
        return self.select_related("centro", "imagen").prefetch_related("imagen__renditions").defer("cuerpo")


class NoticiasIndexPage(SiemprePublica, Page):
    """«/noticias/»: lo que pasa en los centros y en el MEF."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NoticiaPage"]
    max_count = 1
    template = "home/noticias_index_page.html"

    class Meta:
        verbose_name = "lista de noticias"

    def get_context(self, request, *args, **kwargs):
        noticias = NoticiaPage.objects.child_of(self).publicadas().para_mostrar()
        pagina = Paginator(noticias, POR_PAGINA).get_page(request.GET.get("pagina"))
        return super().get_context(request, *args, **kwargs) | {"pagina": pagina}


class NoticiaPage(SiemprePublica, Indexada, Page):
    """Una noticia: de un centro o, sin centro, de todos."""

    fecha = models.DateField("fecha", default=timezone.localdate)
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="centro"
    )
    resumen = models.CharField("resumen", max_length=255)
    imagen = models.ForeignKey("wagtailimages.Image", models.SET_NULL, null=True, blank=True, related_name="+")
    cuerpo = RichTextField("texto", features=CON_SECCIONES)

    objects = PageManager.from_queryset(NoticiaQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("fecha"), FieldPanel("centro", help_text="Vacío: es de todos.")]),
        FieldPanel("resumen"),
        FieldPanel("imagen", help_text="Su descripción es lo que oye quien no puede verla: debe estar llena."),
        FieldPanel("cuerpo"),
    ]
    parent_page_types = ["home.NoticiasIndexPage"]
    subpage_types = []
    template = "home/noticia_page.html"

    class Meta:
        verbose_name = "noticia"

    def get_context(self, request, *args, **kwargs):
        otras = NoticiaPage.objects.publicadas().exclude(pk=self.pk).defer("cuerpo")
        return super().get_context(request, *args, **kwargs) | {
            "otras": otras[:OTRAS],
            "pagina_del_centro": CentroPage.objects.live().filter(centro=self.centro_id).first(),
        }

    def clean(self):
        super().clean()
        if self.imagen and not self.imagen.description.strip():
            raise ValidationError({"imagen": "Esta imagen no tiene descripción: edítela y escriba qué muestra."})

    def partes_de_busqueda(self):
        return [self.title, self.resumen, sin_html(self.cuerpo)]
