from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.widgets import Button

from .panel import PanelDeEntrada
from .permissions import puede_cuidar
from .views import administracion


@hooks.register("register_admin_urls")
def registrar_direcciones():
    base = "cuentas/<int:pk>/seguridad/"
    return [
        path(base, administracion.seguridad, name="acceso_seguridad"),
        path(f"{base}restablecer/", administracion.restablecer, name="acceso_restablecer"),
        path(f"{base}desbloquear/", administracion.desbloquear, name="acceso_desbloquear"),
        path(f"{base}cerrar-sesiones/", administracion.cerrar_sesiones, name="acceso_cerrar_sesiones"),
        path(f"{base}enviar-enlace/", administracion.enviar_enlace, name="acceso_enviar_enlace"),
    ]


@hooks.register("register_account_settings_panel")
def contrasena_y_segundo_factor(request, user, profile):
    return PanelDeEntrada(request, user, profile)


@hooks.register("register_user_listing_buttons")
def seguridad_de_la_cuenta(user, request_user):
    if puede_cuidar(request_user, user):
        yield Button("Seguridad", reverse("acceso_seguridad", args=[user.pk]), icon_name="key", priority=30)


@hooks.register("insert_global_admin_js")
def aviso_de_sesion():
    return format_html(
        '<script src="{}" data-quedan="{}" data-seguir="{}" data-entrar="{}" data-tomar="{}" defer></script>',
        static("acceso/sesion.js"),
        reverse("acceso_sesion"),
        reverse("acceso_seguir"),
        reverse("account_login"),
        reverse("acceso_texto_tomar", args=[0]),
    )
