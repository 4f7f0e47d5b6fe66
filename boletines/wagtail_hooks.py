from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail_modeladmin.options import modeladmin_register

from .intranet.urls import urlpatterns
from .modeladmin import SuscriptorAdmin
from .models import BoletinPage, ComunicadoPage
from .permissions import (
    puede_difundir,
    puede_ofrecer_envio,
    puede_ver_aportes,
    puede_ver_difusion,
    puede_ver_edicion,
    puede_ver_ediciones,
)

modeladmin_register(SuscriptorAdmin)


@hooks.register("register_admin_urls")
def direcciones():
    return urlpatterns


class MenuBoletines(MenuItem):
    def is_shown(self, request):
        return puede_ver_ediciones(request.user)


class MenuDelMes(MenuItem):
    """El aporte de cada quien, o el tablero de todos."""

    def is_shown(self, request):
        return puede_ver_aportes(request.user)


class MenuDifusion(MenuItem):
    def is_shown(self, request):
        return puede_ver_difusion(request.user)


@hooks.register("register_admin_menu_item")
def menu_boletines():
    return MenuBoletines("Boletines", reverse("boletines_ediciones"), name="boletines", icon_name="doc-full", order=310)


@hooks.register("register_admin_menu_item")
def menu_del_mes():
    url = reverse("boletin_del_mes")
    return MenuDelMes("Boletín del mes", url, name="boletin-del-mes", icon_name="list-ul", order=305)


@hooks.register("register_admin_menu_item")
def menu_difusion():
    return MenuDifusion("Comunicados y correos", reverse("difusion"), name="difusion", icon_name="mail", order=320)


@hooks.register("register_page_header_buttons")
def boton_reenviar(page, user, view_name, next_url=None):
    if isinstance(page, ComunicadoPage) and page.live and puede_difundir(user):
        url = reverse("difusion_reenviar", args=[page.pk])
        yield Button("Reenviar por correo", url, icon_name="mail", priority=12)


@hooks.register("register_page_header_buttons")
def botones_de_edicion(page, user, view_name, next_url=None):
    if isinstance(page, BoletinPage) and puede_ver_edicion(user, page):
        yield Button("Vista por centro", reverse("boletin_previa", args=[page.pk]), icon_name="view", priority=11)
    if puede_ofrecer_envio(user, page):
        yield Button("Difusión", reverse("boletin_difusion", args=[page.pk]), icon_name="mail", priority=12)


@hooks.register("before_copy_page")
def una_edicion_no_se_copia(request, page):
    """Hay una edición por mes: la copia chocaría con la original."""
    if isinstance(page.specific, BoletinPage):
        messages.error(request, "Hay una sola edición por mes. Cree una nueva en vez de copiar esta.")
        return redirect("boletines_ediciones")
    return None
