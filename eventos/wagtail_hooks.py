from django.urls import include, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .intranet.menu import entrada_de_agenda, entrada_de_estadistica, entrada_de_programa
from .modeladmin import CapacitacionAdmin, InscripcionAdmin, PreguntaAdmin, SolicitudAdmin, ValidacionAdmin

modeladmin_register(CapacitacionAdmin)
modeladmin_register(InscripcionAdmin)
modeladmin_register(PreguntaAdmin)
modeladmin_register(SolicitudAdmin)
modeladmin_register(ValidacionAdmin)


@hooks.register("register_admin_urls")
def urls_del_personal():
    return [path("", include("eventos.intranet.urls"))]


hooks.register("register_admin_menu_item", entrada_de_programa)
hooks.register("register_admin_menu_item", entrada_de_agenda)
hooks.register("register_admin_menu_item", entrada_de_estadistica)
