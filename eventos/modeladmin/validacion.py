"""Registro «Validaciones»: qué contenido espera al Responsable Técnico y qué se atrasa (R74, R75)."""

from django.contrib.admin import SimpleListFilter
from django.db.models import F
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.html import format_html
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.models import Validacion
from eventos.validaciones import color_de, situacion_de


def _en(filas, cual):
    """Las validaciones de ``filas`` en la situación ``cual``."""
    aprobadas = filas.filter(estado=Validacion.Estado.APROBADA).annotate(dia=TruncDate("decidida_en"))
    return {
        "pendientes": filas.pendientes(),
        "devueltas": filas.por_corregir(),
        "atrasadas": filas.atrasadas(),
        "a-tiempo": aprobadas.filter(dia__lte=F("vence_el")),
        "tarde": aprobadas.filter(dia__gt=F("vence_el")),
    }.get(cual)


class SituacionFiltro(SimpleListFilter):
    title = "situación"
    parameter_name = "situacion"

    def lookups(self, request, model_admin):
        return [
            ("pendientes", "Por validar"),
            ("devueltas", "Devueltas"),
            ("atrasadas", "Atrasadas"),
            ("a-tiempo", "Aprobadas a tiempo"),
            ("tarde", "Aprobadas tarde"),
        ]

    def queryset(self, request, queryset):
        filas = _en(queryset, self.value())
        return queryset if filas is None else filas


class ValidadaFiltro(SituacionFiltro):
    """En el registro de capacitaciones: las que tienen alguna validación en esa situación."""

    title = "validación del contenido"
    parameter_name = "validacion"

    def queryset(self, request, queryset):
        filas = _en(Validacion.objects.para(request.user).vigentes(), self.value())
        return queryset if filas is None else queryset.filter(pk__in=filas.order_by().values("capacitacion"))


class Direcciones(AdminURLHelper):
    def get_action_url(self, action, *args, **kwargs):
        if action == "edit":
            return reverse("eventos_intranet:validacion", args=args)
        return super().get_action_url(action, *args, **kwargs)


class PermisosDeValidacion(PermissionHelper):
    """Se piden desde el panel y se deciden en su pantalla: aquí nada se cambia."""

    def user_can_list(self, user):
        return permissions.puede_ver_validaciones(user)

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return permissions.puede_ver_validaciones(user)

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDeValidacion(BotonesDelRegistro):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        pendiente = obj.estado == Validacion.Estado.PENDIENTE
        if not pendiente or not permissions.puede_validar(self.request.user, obj):
            return []
        return [self.boton("Revisar", "eventos_intranet:validacion", obj)]


class ValidacionAdmin(RegistroAdmin):
    model = Validacion
    base_url_path = "validaciones"
    menu_label = "Validaciones"
    menu_icon = "check"
    menu_order = 205
    list_display = ("evento", "sistema", "centro", "se_dicta", "plazo", "situacion")
    list_filter = (SituacionFiltro, "sistema", "capacitacion__centro")
    list_export = ("evento", "sistema", "centro", "se_dicta", "vence_el", "pedida_en", "decidida_en", "en_que_esta")
    list_select_related = ("capacitacion__centro", "sistema")
    ordering = ("-vence_el", "pk")
    url_helper_class = Direcciones
    history_view_enabled = False
    inspect_view_enabled = False
    permission_helper_class = PermisosDeValidacion
    button_helper_class = BotonesDeValidacion

    def get_queryset(self, request):
        return super().get_queryset(request).vigentes()

    def get_admin_urls_for_registration(self):
        return super().get_admin_urls_for_registration()[:1]  # solo la lista

    def evento(self, validacion):
        return validacion.capacitacion.titulo

    evento.short_description = "capacitación"
    evento.admin_order_field = "capacitacion__titulo"

    def centro(self, validacion):
        return str(validacion.capacitacion.centro or "Sede central")

    centro.admin_order_field = "capacitacion__centro"

    def se_dicta(self, validacion):
        return fecha_media(validacion.capacitacion.fecha_inicio) or "Sin fecha"

    se_dicta.short_description = "se dicta"
    se_dicta.admin_order_field = "capacitacion__fecha_inicio"

    def plazo(self, validacion):
        return fecha_media(validacion.vence_el)

    plazo.admin_order_field = "vence_el"

    def en_que_esta(self, validacion):
        return situacion_de(validacion)

    en_que_esta.short_description = "situación"

    def situacion(self, validacion):
        return format_html('<span class="plazo {}">{}</span>', color_de(validacion), situacion_de(validacion))

    situacion.short_description = "situación"
