from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from comun.registros import secciones_de_centro

TEXTO_SIMPLE = ["bold", "italic", "link", "ul", "ol", "document-link"]


class CentrosIndexPage(Page):
    """«/centros/»: todos los centros, por departamento."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["directorio.CentroPage"]
    max_count = 1
    template = "directorio/centros_index_page.html"

    class Meta:
        verbose_name = "lista de centros"

    def get_context(self, request, *args, **kwargs):
        contexto = super().get_context(request, *args, **kwargs)
        contexto["paginas"] = (
            CentroPage.objects.child_of(self).live().public().select_related("centro__distrito").order_by("title")
        )
        return contexto


class CentroPage(Page):
    """Página pública de un centro: solo contenido; los datos son del registro ``Centro``."""

    centro = models.OneToOneField("organizacion.Centro", models.PROTECT, related_name="pagina")
    introduccion = models.TextField("introducción", blank=True)
    como_llegar = RichTextField("cómo llegar", blank=True, features=TEXTO_SIMPLE)
    aviso = models.CharField(
        "aviso", max_length=255, blank=True, help_text="Cierre u horario especial; se muestra arriba de la página."
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("centro"),
        FieldPanel("aviso"),
        FieldPanel("introduccion"),
        FieldPanel("como_llegar"),
    ]
    parent_page_types = ["directorio.CentrosIndexPage"]
    subpage_types = []
    template = "directorio/centro_page.html"

    class Meta:
        verbose_name = "página de centro"
        verbose_name_plural = "páginas de centros"

    def get_context(self, request, *args, **kwargs):
        contexto = super().get_context(request, *args, **kwargs)
        contexto["personal"] = self.centro.personal.publicos().select_related("sistema")
        contexto["secciones"] = [seccion for f in secciones_de_centro if (seccion := f(self.centro))]
        return contexto
