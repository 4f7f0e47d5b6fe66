"""Registro «Preguntas»: lo que la gente pregunta desde el portal, y en qué quedó."""

from django.contrib.admin import SimpleListFilter
from django.urls import reverse
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.models import Pregunta


class AtendidaFiltro(SimpleListFilter):
    title = "situación"
    parameter_name = "atendida"

    def lookups(self, request, model_admin):
        return [("no", "Por atender"), ("si", "Atendidas")]

    def queryset(self, request, queryset):
        if self.value() == "si":
            return queryset.filter(atendida_en__isnull=False)
        return queryset.por_atender() if self.value() == "no" else queryset


class Direcciones(AdminURLHelper):
    def get_action_url(self, action, *args, **kwargs):
        if action == "edit":
            return reverse("eventos_intranet:pregunta-atender", args=args)
        return super().get_action_url(action, *args, **kwargs)


class PermisosDePregunta(PermissionHelper):
    """Las escribe el público y se atienden en su pantalla, que es adonde lleva el nombre: aquí nada se cambia."""

    def user_can_list(self, user):
        return permissions.puede_ver_preguntas(user)

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return permissions.puede_ver_preguntas(user)

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDePregunta(BotonesDelRegistro):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        if obj.atendida_en or not permissions.puede_atender_pregunta(self.request.user, obj):
            return []
        return [self.boton("Atender", "eventos_intranet:pregunta-atender", obj)]


class PreguntaAdmin(RegistroAdmin):
    model = Pregunta
    base_url_path = "preguntas"
    menu_label = "Preguntas"
    menu_icon = "help"
    menu_order = 220
    list_display = ("nombre", "resumen", "sobre", "centro", "recibida", "situacion")
    list_filter = (AtendidaFiltro, "centro")
    list_export = ("recibida", "centro", "sobre", "nombre", "correo", "telefono", "texto", "situacion", "respuesta")
    list_select_related = ("centro", "capacitacion")
    ordering = ("-creada_en",)
    url_helper_class = Direcciones
    history_view_enabled = False
    inspect_view_enabled = False
    permission_helper_class = PermisosDePregunta
    button_helper_class = BotonesDePregunta

    def get_admin_urls_for_registration(self):
        return super().get_admin_urls_for_registration()[:1]  # solo la lista

    def resumen(self, pregunta):
        return pregunta.texto if len(pregunta.texto) <= 80 else f"{pregunta.texto[:80].rstrip()}…"

    resumen.short_description = "pregunta"

    def sobre(self, pregunta):
        return pregunta.capacitacion.titulo if pregunta.capacitacion_id else "En general"

    sobre.short_description = "sobre"

    def recibida(self, pregunta):
        return fecha_media(pregunta.creada_en)

    recibida.admin_order_field = "creada_en"

    def situacion(self, pregunta):
        return f"Atendida, {fecha_media(pregunta.atendida_en)}" if pregunta.atendida_en else "Por atender"

    situacion.short_description = "situación"
