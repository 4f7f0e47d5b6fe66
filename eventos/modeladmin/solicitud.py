"""Registro «Solicitudes»: los pedidos escritos de capacitación y en qué quedaron (R69, R94)."""

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.modeladmin.permisos import PermisosEnAlcance
from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.models import Solicitud


class PermisosDeSolicitud(PermisosEnAlcance):
    """Se corrige mientras está por atender; no se borra: si no va, no procede."""

    def user_can_edit_obj(self, user, obj):
        return obj.estado == Solicitud.Estado.RECIBIDA and super().user_can_edit_obj(user, obj)

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDeSolicitud(BotonesDelRegistro):
    """Todo lleva a la pantalla donde se atiende; desde ella se corrige."""

    def get_primary_button(self, obj):
        return self.boton("Ver", "eventos_intranet:solicitud", obj)

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        por_atender = obj.estado == Solicitud.Estado.RECIBIDA
        puede = por_atender and permissions.puede_atender_solicitud(self.request.user, obj)
        return [self.boton("Atender" if puede else "Ver", "eventos_intranet:solicitud", obj)]


class SolicitudAdmin(RegistroAdmin):
    model = Solicitud
    base_url_path = "solicitudes-de-capacitacion"
    menu_label = "Solicitudes"
    menu_icon = "mail"
    menu_order = 205
    list_display = ("tema", "entidad", "documento", "recibida", "centro", "estado")
    list_filter = ("estado", "centro", "sistemas", "dirigida_a")
    list_export = (
        "recibida_el",
        "documento",
        "expediente",
        "entidad",
        "centro",
        "tema",
        "contacto",
        "cargo",
        "estado",
        "respuesta",
        "motivo",
    )
    list_select_related = ("entidad", "centro")
    ordering = ("-recibida_el", "-pk")
    permission_helper_class = PermisosDeSolicitud
    button_helper_class = BotonesDeSolicitud
    inspect_view_enabled = False
    history_view_enabled = False
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("centro"),
                FieldPanel("entidad"),
                FieldRowPanel([FieldPanel("documento"), FieldPanel("expediente")]),
                FieldRowPanel([FieldPanel("recibida_el"), FieldPanel("dirigida_a")]),
            ],
            "Solicitud",
        ),
        MultiFieldPanel(
            [
                FieldPanel("tema"),
                FieldPanel("sistemas", widget=CheckboxSelectMultiple),
                FieldPanel("publico"),
                FieldRowPanel([FieldPanel("participantes"), FieldPanel("fecha_propuesta")]),
            ],
            "Qué pide",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contacto"), FieldPanel("cargo")]),
                FieldRowPanel([FieldPanel("correo"), FieldPanel("telefono")]),
            ],
            "Con quién se coordina",
        ),
    ]

    def recibida(self, solicitud):
        return fecha_media(solicitud.recibida_el)

    recibida.admin_order_field = "recibida_el"
