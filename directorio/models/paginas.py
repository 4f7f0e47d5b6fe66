from urllib.parse import urlencode

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from comun.registros import secciones_de_centro
from comun.texto import normalizar
from organizacion.models import Centro, Jurisdiccion

TEXTO_SIMPLE = ["bold", "italic", "link", "ul", "ol", "document-link"]
PERMISO_DE_CENTRO = "organizacion.change_centro"
MAPA = "https://www.openstreetmap.org/search"


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
        paginas = CentroPage.objects.child_of(self).live().public().con_centro()
        filas = [{"pagina": pagina, "departamentos": pagina.centro.departamentos} for pagina in paginas]
        # Por departamento; un centro que aún no tiene jurisdicción va por su nombre.
        filas.sort(key=lambda fila: normalizar((fila["departamentos"] or [fila["pagina"].title])[0]))
        return contexto | {"filas": filas}


def con_su_centro():
    """Lo que se trae de una vez con una página: su centro, el distrito y las provincias que atiende."""
    centros = Centro.objects.select_related("distrito__provincia__departamento")
    jurisdicciones = Jurisdiccion.objects.select_related("provincia__departamento")
    return Prefetch("centro", centros), Prefetch("centro__jurisdicciones", jurisdicciones)


class CentroPageQuerySet(PageQuerySet):
    def con_centro(self):
        """Con los datos del centro y de las provincias que atiende, en pocas consultas."""
        return self.prefetch_related(*con_su_centro())


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
        FieldPanel("centro", permission=PERMISO_DE_CENTRO),
        FieldPanel("aviso"),
        FieldPanel("introduccion"),
        FieldPanel("como_llegar"),
    ]
    # La dirección y el centro de la página no los cambia quien solo redacta: de ellos dependen otras páginas.
    promote_panels = [
        FieldPanel("slug", permission=PERMISO_DE_CENTRO),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
    ]
    parent_page_types = ["directorio.CentrosIndexPage"]
    subpage_types = []
    template = "directorio/centro_page.html"

    objects = PageManager.from_queryset(CentroPageQuerySet)()

    class Meta:
        verbose_name = "página de centro"
        verbose_name_plural = "páginas de centros"

    @property
    def url_mapa(self):
        """Búsqueda de la dirección en OpenStreetMap: un enlace, sin guiones ni mapas de terceros en la página."""
        centro = self.centro
        if not centro.direccion:
            return ""
        lugar = centro.distrito.nombre_completo if centro.distrito else centro.nombre
        return f"{MAPA}?{urlencode({'query': f'{centro.direccion}, {lugar}, Perú'})}"

    def get_context(self, request, *args, **kwargs):
        contexto = super().get_context(request, *args, **kwargs)
        prefetch_related_objects([self], *con_su_centro())
        contexto["departamentos"] = self.centro.departamentos
        contexto["personal"] = self.centro.personal.publicos().select_related("sistema").por_cargo()
        contexto["secciones"] = [seccion for f in secciones_de_centro if (seccion := f(self.centro))]
        return contexto
