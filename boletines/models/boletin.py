import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.dates import MONTHS
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, WorkflowState
from wagtail.query import PageQuerySet

from boletines.bloques import SeccionesBlock
from boletines.edicion import centro_de_la_edicion, contenido_de
from boletines.graficos import con_sus_cifras
from boletines.pdf import pdf_de
from comun.pdf import respuesta_pdf
from organizacion.models import Centro

from .aprobacion import PermisosDeBoletin, acaba_de_aprobar
from .edicion import Edicion
from .indexada import Indexada


def anio_de_hoy():
    return timezone.localdate().year


def mes_de_hoy():
    return timezone.localdate().month


class BoletinQuerySet(PageQuerySet):
    def publicados(self):
        """Las ediciones que el público ve, la más reciente primero y sin cargar su cuerpo."""
        return self.live().order_by("-anio", "-mes").defer("cuerpo", "editorial", "texto_busqueda")

    def del_mes(self, anio, mes):
        return self.filter(anio=anio, mes=mes)

    def con_su_aprobacion(self):
        """Para listas: en qué va el flujo de cada una, en una consulta.

        ``prefetch_workflow_states`` de Wagtail no encuentra ninguno desde una clase específica.
        """
        activos = WorkflowState.objects.active().select_related("current_task_state__task")
        return self.prefetch_related(Prefetch("_specific_workflow_states", activos, to_attr="_current_workflow_states"))


class BoletinesIndexPage(Page):
    """«/boletines/»: la última edición y el archivo."""

    introduccion = models.TextField("introducción", blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduccion")]
    subpage_types = ["boletines.BoletinPage"]
    max_count = 1
    template = "boletines/boletines_index_page.html"

    class Meta:
        verbose_name = "archivo de boletines"

    def get_context(self, request, *args, **kwargs):
        ediciones = list(BoletinPage.objects.child_of(self).publicados().select_related("portada"))
        centros = list(Centro.objects.activos())
        centro = next((centro for centro in centros if centro.slug == request.GET.get("centro")), None)
        return super().get_context(request, *args, **kwargs) | {
            "ultima": ediciones[:1],
            "archivo": ediciones[1:],
            "centros": centros,
            "centro": centro,
            "del_centro": f"{centro.slug}/" if centro else "",
        }

    def permissions_for_user(self, user):
        return PermisosDeBoletin(user, self)


class BoletinPage(RoutablePageMixin, Indexada, Page):
    """Una edición mensual del boletín electrónico (R105). Su título y su dirección salen del mes: «2026-11»."""

    anio = models.PositiveSmallIntegerField(
        "año", default=anio_de_hoy, validators=[MinValueValidator(2013), MaxValueValidator(2100)]
    )
    mes = models.PositiveSmallIntegerField(
        "mes", default=mes_de_hoy, choices=[(n, str(nombre).capitalize()) for n, nombre in MONTHS.items()]
    )
    editorial = models.TextField("editorial", blank=True)
    portada = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="La descripción de la imagen es lo que oye quien no puede verla: debe estar llena.",
    )
    cuerpo = StreamField(SeccionesBlock(), verbose_name="secciones", blank=True)

    objects = PageManager.from_queryset(BoletinQuerySet)()

    content_panels = [
        FieldRowPanel([FieldPanel("mes"), FieldPanel("anio")], heading="Edición"),
        FieldPanel("portada"),
        FieldPanel("editorial"),
        FieldPanel("cuerpo"),
    ]
    promote_panels = [FieldPanel("search_description")]
    parent_page_types = ["boletines.BoletinesIndexPage"]
    subpage_types = []
    template = "boletines/boletin_page.html"

    class Meta:
        verbose_name = "boletín"
        verbose_name_plural = "boletines"
        constraints = [models.UniqueConstraint(fields=["anio", "mes"], name="boletin_uno_por_mes")]

    @property
    def periodo(self):
        """«noviembre de 2026»."""
        return f"{str(MONTHS[self.mes]).lower()} de {self.anio}"

    @property
    def mes_siguiente(self):
        """Primer día del mes que sigue al de la edición: de ese mes son las capacitaciones que anuncia."""
        return dt.date(self.anio + self.mes // 12, self.mes % 12 + 1, 1)

    def full_clean(self, *args, **kwargs):
        self._titular()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._titular()
        self._exigir_mes_libre()
        super().minimal_clean()

    def clean(self):
        self._exigir_mes_libre()
        super().clean()
        if self.portada and not self.portada.description.strip():
            raise ValidationError({"portada": "Esta imagen no tiene descripción: edítela y escriba qué muestra."})

    def _titular(self):
        if self.anio and self.mes in MONTHS:
            self.title = self.draft_title = f"Edición de {self.periodo}"
            self.slug = f"{self.anio}-{self.mes:02d}"

    def _exigir_mes_libre(self):
        """Mira también los borradores: al publicarse uno no puede chocar con una edición creada después."""
        if not (self.anio and self.mes):
            return
        otras = BoletinPage.objects.exclude(pk=self.pk)
        borradores = otras.filter(has_unpublished_changes=True).select_related("latest_revision")
        en_borrador = ((b.latest_revision.content["anio"], b.latest_revision.content["mes"]) for b in borradores)
        if otras.del_mes(self.anio, self.mes).exists() or (self.anio, self.mes) in en_borrador:
            raise ValidationError({"mes": f"Ya hay una edición de {self.periodo}. Elija otro mes o edite aquella."})

    def partes_de_busqueda(self):
        return [self.title, self.editorial, *self.cuerpo.stream_block.get_searchable_content(self.cuerpo)]

    def permissions_for_user(self, user):
        return PermisosDeBoletin(user, self)

    def publish(self, revision, user=None, skip_permission_checks=False, **opciones):
        """Publica ``revision`` y congela las cifras de sus gráficos. Quien la aprobó la publica con ese acto."""
        permitido = skip_permission_checks or (user is not None and acaba_de_aprobar(self, user, revision))
        super().publish(revision, user=user, skip_permission_checks=permitido, **opciones)
        BoletinPage.objects.get(pk=self.pk).congelar_cifras()

    def congelar_cifras(self) -> None:
        """Guarda en la ``Edicion`` lo que muestran los gráficos; lo que ya se publicó no cambia (invariante 10)."""
        mes = dt.date(self.anio, self.mes, 1)
        anterior = Edicion.objects.del_mes(self.anio, self.mes).first()
        publicadas = anterior.cifras if anterior else {}
        cifras = con_sus_cifras(self.cuerpo, mes, publicadas) if self.live else publicadas
        if cifras != publicadas:
            edicion, _ = Edicion.objects.get_or_create(anio=self.anio, mes=self.mes)
            edicion.cifras = cifras
            edicion.save(update_fields=["cifras"])

    def get_context(self, request, *args, centro=None, **kwargs):
        return super().get_context(request, *args, **kwargs) | contenido_de(self, centro)

    @property
    def preview_modes(self):
        """La vista previa del editor: para todos y la de cada centro; el modo es la dirección debajo de la edición."""
        return [("", "Todos los centros"), *((f"{c.slug}/", c.nombre_completo) for c in Centro.objects.activos())]

    def serve_preview(self, request, mode_name):
        vista, args, kwargs = self.resolve_subpage(f"/{mode_name or ''}")
        return vista(request, *args, **kwargs)

    @path("pdf/")
    def pdf(self, request):
        """La parte del MEF para imprimir, en PDF/UA-1."""
        return respuesta_pdf(pdf_de(self), f"boletin-{self.slug}.pdf")

    @path("<slug:centro>/")
    def de_centro(self, request, centro):
        """La edición de un centro: su parte y la del MEF (R106, R107)."""
        return self.render(request, centro=centro_de_la_edicion(self, centro))

    @path("<slug:centro>/pdf/")
    def pdf_de_centro(self, request, centro):
        centro = centro_de_la_edicion(self, centro)
        return respuesta_pdf(pdf_de(self, centro), f"boletin-{self.slug}-{centro.slug}.pdf")
