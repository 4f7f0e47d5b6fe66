from django.shortcuts import redirect
from wagtail import hooks
from wagtail.admin import messages
from wagtail_modeladmin.options import modeladmin_register

from .campanias.urls import urlpatterns as de_campanias
from .choosers import selector_de_entidad
from .cuentas.urls import urlpatterns as de_cuentas
from .duplicados.urls import urlpatterns as de_repetidas
from .frescura.urls import urlpatterns as de_frescura
from .importacion.urls import urlpatterns as de_importacion
from .modeladmin import GrupoDirectorio
from .models import CentroPage
from .permissions import motivo_para_no_borrar
from .situacion.urls import urlpatterns as de_situacion
from .urls import urlpatterns

modeladmin_register(GrupoDirectorio)


@hooks.register("register_admin_viewset")
def registrar_selector_de_entidad():
    return selector_de_entidad


@hooks.register("register_admin_urls")
def registrar_direcciones():
    return [*urlpatterns, *de_cuentas, *de_repetidas, *de_situacion, *de_importacion, *de_frescura, *de_campanias]


@hooks.register("after_edit_page")
def seguir_en_la_pagina_del_centro(request, pagina):
    """No tiene páginas debajo: el explorador al que Wagtail vuelve estaría vacío."""
    if "action-publish" in request.POST and isinstance(pagina, CentroPage):
        return redirect("wagtailadmin_pages:edit", pagina.pk)
    return None


@hooks.register("before_delete_page")
def no_borrar_centros(request, pagina):
    if motivo := motivo_para_no_borrar(pagina):
        messages.error(request, motivo)
        return redirect("wagtailadmin_explore", pagina.get_parent().pk)


@hooks.register("before_bulk_action")
def no_borrar_centros_en_bloque(request, action_type, objects, action_class):
    if action_type != "delete" or not action_class.models[0]._meta.label_lower.endswith("page"):
        return None
    for pagina in objects:
        if motivo := motivo_para_no_borrar(pagina):
            messages.error(request, motivo)
            return redirect("wagtailadmin_explore", pagina.get_parent().pk)
