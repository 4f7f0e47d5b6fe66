from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from home.bloques import EnlacesBlock, ModalidadesBlock
from organizacion.models import Departamento, Jurisdiccion

from .texto import TEXTO_SIMPLE, sin_html


class ServiciosIndexPage(Page):
    """«/servicios/»: los servicios de los CONECTAMEF (R9)."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.ServicioPage"]
    max_count = 1
    template = "home/servicios_index_page.html"

    class Meta:
        verbose_name = "lista de servicios"

    def get_context(self, request, *args, **kwargs):
        servicios = ServicioPage.objects.child_of(self).live().order_by("path")
        return super().get_context(request, *args, **kwargs) | {"servicios": servicios}


class ServicioPage(Page):
    """Un servicio, en la forma de gob.pe: qué es, requisitos, pasos por modalidad y enlaces. Lleva el descargo (R8)."""

    resumen = models.CharField("resumen", max_length=255)
    descripcion = RichTextField("descripción", features=TEXTO_SIMPLE)
    a_quien = models.CharField("a quién está dirigido", max_length=255, blank=True)
    requisitos = RichTextField("requisitos", blank=True, features=TEXTO_SIMPLE)
    modalidades = StreamField(ModalidadesBlock(), verbose_name="pasos por modalidad", blank=True)
    costo = models.CharField("costo", max_length=120, default="Es gratuito.")
    enlaces = StreamField(EnlacesBlock(), verbose_name="enlaces", blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("resumen"),
        FieldPanel("descripcion"),
        FieldPanel("a_quien"),
        FieldPanel("requisitos"),
        FieldPanel("modalidades"),
        FieldPanel("costo"),
        FieldPanel("enlaces"),
    ]
    parent_page_types = ["home.ServiciosIndexPage"]
    subpage_types = []
    template = "home/servicio_page.html"

    class Meta:
        verbose_name = "servicio"

    def get_context(self, request, *args, **kwargs):
        atendidas = Jurisdiccion.objects.vigentes().filter(centro__esta_activo=True)
        departamentos = Departamento.objects.filter(pk__in=atendidas.values("provincia__departamento"))
        return super().get_context(request, *args, **kwargs) | {"departamentos": departamentos}

    @property
    def texto_busqueda(self):
        bloques = self.modalidades.stream_block.get_searchable_content(self.modalidades)
        return sin_html(" ".join([self.a_quien, self.descripcion, self.requisitos, *bloques]))
