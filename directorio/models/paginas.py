from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from comun.mapa import url_de_mapa
from comun.paginas import SiemprePublica
from comun.registros import enlaces_de_centro, secciones_de_centro
from comun.texto import normalizar
from directorio import horario, mapa
from organizacion.models import Centro, Jurisdiccion

TEXTO_SIMPLE = ["bold", "italic", "link", "ul", "ol", "document-link"]
PERMISO_DE_CENTRO = "organizacion.change_centro"


class CentrosIndexPage(SiemprePublica, Page):
    """«/centros/»: todos los centros, en el mapa y por departamento."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["directorio.CentroPage"]
    max_count = 1
    template = "directorio/centros_index_page.html"

    class Meta:
        verbose_name = "lista de centros"

    def get_context(self, request, *args, **kwargs):
        contexto = super().get_context(request, *args, **kwargs)
        paginas = CentroPage.objects.child_of(self).live().con_centro()
        filas = [{"pagina": pagina, "departamentos": pagina.centro.departamentos} for pagina in paginas]
        # Por departamento; un centro que aún no tiene jurisdicción va por su nombre.
        filas.sort(key=lambda fila: normalizar((fila["departamentos"] or [fila["pagina"].title])[0]))
        departamentos = mapa.departamentos()
        elegido = next((d for d in departamentos if d.forma.codigo == request.GET.get("departamento")), None)
        return contexto | {
            "filas": filas,
            "departamentos": departamentos,
            "contornos": mapa.contornos(),
            "recuadro": mapa.RECUADRO,
            "elegido": elegido,
        }


def con_su_centro():
    """Lo que se trae de una vez con una página: su centro, sus nombres, el distrito y las provincias que atiende."""
    centros = Centro.objects.select_related("distrito__provincia__departamento")
    jurisdicciones = Jurisdiccion.objects.select_related("provincia__departamento")
    de_antes = "centro__nombres_anteriores"
    return Prefetch("centro", centros), Prefetch("centro__jurisdicciones", jurisdicciones), de_antes


class CentroPageQuerySet(PageQuerySet):
    def con_centro(self):
        """Con los datos del centro y de las provincias que atiende, en pocas consultas."""
        return self.prefetch_related(*con_su_centro())


class CentroPage(SiemprePublica, Page):
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
        FieldPanel("aviso", help_text="Se muestra arriba. Los cierres y horarios especiales van en su registro."),
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
        return url_de_mapa(centro.direccion, lugar)

    def get_context(self, request, *args, **kwargs):
        prefetch_related_objects([self], *con_su_centro())
        dias = horario.dias_especiales(self.centro)
        secciones = [seccion for f in secciones_de_centro if (seccion := f(self.centro))]
        return super().get_context(request, *args, **kwargs) | {
            "antes": [f"CONECTAMEF {nombre}" for nombre in self.centro.nombres_de_antes],
            "departamentos": self.centro.departamentos,
            "personal": self.centro.personal.publicos().select_related("sistema").por_cargo(),
            "secciones": sorted(secciones, key=lambda seccion: seccion.get("orden", 0)),
            "enlaces": [enlace for f in enlaces_de_centro if (enlace := f(self.centro))],
            "dias": dias,
            "hoy": horario.hoy_en(self.centro, dias) if self.centro.esta_activo else "",
        }
