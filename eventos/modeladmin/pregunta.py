"""Registro «Preguntas»: lo que la gente pregunta desde el portal, y en qué quedó."""

from django.contrib.admin import SimpleListFilter
from wagtail_modeladmin.helpers import PermissionHelper

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


class PermisosDePregunta(PermissionHelper):
    """Las escribe el público y se atienden en su pantalla: aquí no se crean, ni se editan, ni se borran."""

    def user_can_list(self, user):
        return permissions.puede_ver_preguntas(user)

    def user_can_inspect_obj(self, user, obj):
        return permissions.puede_ver_preguntas(user)

    def user_can_create(self, user):
        return False

    def user_can_edit_obj(self, user, obj):
        return False

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDePregunta(BotonesDelRegistro):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.atendida_en is None and permissions.puede_atender_pregunta(self.request.user, obj):
            botones.append(self.boton("Atender", "eventos_intranet:pregunta-atender", obj))
        return botones


class PreguntaAdmin(RegistroAdmin):
    model = Pregunta
    base_url_path = "preguntas"
    menu_label = "Preguntas"
    menu_icon = "help"
    menu_order = 220
    list_display = ("nombre", "resumen", "sobre", "centro", "recibida", "situacion")
    list_filter = (AtendidaFiltro, "centro")
    list_export = ("recibida", "centro", "sobre", "nombre", "correo", "telefono", "texto", "situacion", "respuesta")
    list_select_related = ("centro", "capacitacion", "atendida_por")
    ordering = ("-creada_en",)
    inspect_view_fields = (
        "texto",
        "sobre",
        "centro",
        "nombre",
        "correo",
        "telefono",
        "creada_en",
        "atendida_en",
        "atendida_por",
        "respuesta",
    )
    history_view_enabled = False
    permission_helper_class = PermisosDePregunta
    button_helper_class = BotonesDePregunta

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
