from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import modeladmin_register

from . import permissions
from .modeladmin import CapacitacionAdmin, InscripcionAdmin, PreguntaAdmin, ValidacionAdmin

modeladmin_register(CapacitacionAdmin)
modeladmin_register(InscripcionAdmin)
modeladmin_register(PreguntaAdmin)
modeladmin_register(ValidacionAdmin)


@hooks.register("register_admin_urls")
def urls_del_personal():
    return [path("", include("eventos.intranet.urls"))]


class EntradaDeEstadistica(MenuItem):
    def is_shown(self, request):
        return permissions.puede_ver_estadistica(request.user)


@hooks.register("register_admin_menu_item")
def menu_de_estadistica():
    url = reverse("eventos_intranet:estadistica")
    return EntradaDeEstadistica("Estadística", url, name="estadistica-de-capacitacion", icon_name="table", order=230)
