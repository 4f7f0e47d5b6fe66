"""Registro «Capacitaciones»: columnas, filtros y exportación; el alcance lo pone la base."""

from django.contrib.admin import SimpleListFilter
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.calendario import mes_anterior, ultimo_dia
from eventos.models import Capacitacion
from organizacion.models import Organo

from .cercania import ListadoPorCercania
from .validacion import ValidadaFiltro


class CuandoFiltro(SimpleListFilter):
    title = "fecha"
    parameter_name = "cuando"

    def lookups(self, request, model_admin):
        return [
            ("proximas", "Próximas"),
            ("hoy", "Hoy"),
            ("este-mes", "Este mes"),
            ("mes-pasado", "El mes pasado"),
            ("este-anio", "Este año"),
            ("pasadas", "Pasadas"),
            ("sin-fecha", "Sin fecha"),
        ]

    def queryset(self, request, queryset):
        hoy = timezone.localdate()
        este = hoy.replace(day=1)
        pasado = mes_anterior(este)
        condiciones = {
            "proximas": Q(fecha_fin__gte=hoy),
            "hoy": Q(fecha_inicio__lte=hoy, fecha_fin__gte=hoy),
            "este-mes": Q(fecha_inicio__lte=ultimo_dia(este), fecha_fin__gte=este),
            "mes-pasado": Q(fecha_inicio__lt=este, fecha_fin__gte=pasado),
            "este-anio": Q(fecha_inicio__year=hoy.year),
            "pasadas": Q(fecha_fin__lt=hoy),
            "sin-fecha": Q(fecha_inicio__isnull=True),
        }
        return queryset.filter(condiciones.get(self.value(), Q()))


class ModalidadFiltro(SimpleListFilter):
    """Como en el calendario: la híbrida es presencial y también virtual (R58)."""

    title = "modalidad"
    parameter_name = "modalidad"

    def lookups(self, request, model_admin):
        return Capacitacion.Modalidad.choices

    def queryset(self, request, queryset):
        return queryset.de_modalidad(self.value()) if self.value() in Capacitacion.Modalidad.values else queryset


class AliadoFiltro(SimpleListFilter):
    """Los servicios conjuntos (R7)."""

    title = "servicio conjunto con"
    parameter_name = "aliado"

    def lookups(self, request, model_admin):
        return list(Organo.objects.aliados().values_list("sigla", "sigla"))

    def queryset(self, request, queryset):
        return queryset.filter(aliado__sigla=self.value()) if self.value() else queryset


class Direcciones(AdminURLHelper):
    """El alta, la edición y la ficha de una capacitación son pantallas propias."""

    PROPIAS = {"create": "eventos_intranet:crear", "edit": "eventos_intranet:panel"}

    def get_action_url(self, action, *args, **kwargs):
        if propia := self.PROPIAS.get(action):
            return reverse(propia, args=args, kwargs=kwargs)
        return super().get_action_url(action, *args, **kwargs)


class PermisosDeCapacitacion(PermissionHelper):
    """Se abre con ver; no se borra: un borrador se corrige y una publicada se cancela."""

    def user_can_list(self, user):
        return permissions.puede_ver_capacitaciones(user)

    def user_can_create(self, user):
        return permissions.puede_programar(user)

    def user_can_edit_obj(self, user, obj):
        return permissions.puede_ver_capacitaciones(user)

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDeCapacitacion(BotonesDelRegistro):
    """El título abre el panel; los botones llevan a lo que más se usa."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        usuario = self.request.user
        opciones = [
            ("Editar", "editar", permissions.puede_editar_capacitacion(usuario, obj)),
            ("Asistencia", "asistencia", permissions.puede_registrar_asistencia(usuario, obj)),
            ("Encuestas", "encuestas", permissions.puede_registrar_encuestas(usuario, obj)),
        ]
        return [self.boton(rotulo, f"eventos_intranet:{ruta}", obj) for rotulo, ruta, puede in opciones if puede]


class CapacitacionAdmin(RegistroAdmin):
    model = Capacitacion
    base_url_path = "capacitaciones"
    menu_label = "Capacitaciones"
    menu_icon = "calendar-alt"
    menu_order = 200
    list_display = ("titulo", "cuando", "centro", "tipo", "modalidad", "ocupacion", "estado")
    list_filter = (CuandoFiltro, "estado", "centro", "sistemas", "tipo", ModalidadFiltro, AliadoFiltro, ValidadaFiltro)
    list_export = (
        "pk",
        "titulo",
        "fecha_inicio",
        "fecha_fin",
        "centro",
        "sistemas_en_texto",
        "tipo",
        "modalidad",
        "aliado",
        "lugar",
        "cupos",
        "inscritos",
        "estado",
    )
    list_select_related = ("centro",)
    index_view_class = ListadoPorCercania
    url_helper_class = Direcciones
    permission_helper_class = PermisosDeCapacitacion
    button_helper_class = BotonesDeCapacitacion
    history_view_enabled = False
    inspect_view_enabled = False

    def get_queryset(self, request):
        return super().get_queryset(request).para_mostrar().por_cercania()

    def get_admin_urls_for_registration(self):
        return super().get_admin_urls_for_registration()[:1]  # solo la lista

    def cuando(self, capacitacion):
        return fecha_media(capacitacion.fecha_inicio) or "Sin fecha"

    cuando.short_description = "fecha"
    cuando.admin_order_field = "fecha_inicio"

    def ocupacion(self, capacitacion):
        cupos = capacitacion.cupos
        return f"{capacitacion.ocupados} de {cupos}" if cupos else str(capacitacion.ocupados)

    ocupacion.short_description = "inscritos"
    ocupacion.admin_order_field = "ocupados"

    def inscritos(self, capacitacion):
        return capacitacion.ocupados

    def sistemas_en_texto(self, capacitacion):
        return ", ".join(str(sistema) for sistema in capacitacion.sistemas.all())

    sistemas_en_texto.short_description = "sistemas"
