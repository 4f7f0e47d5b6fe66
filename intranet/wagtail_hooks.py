from django.db.models import Q
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.permissions import page_permission_policy

from . import menu, views
from .paneles import PanelDeInicio
from .que_puede import que_puede_cada_rol


@hooks.register("insert_global_admin_css")
def hojas_de_estilo():
    hojas = ((static(hoja),) for hoja in ("css/intranet.css", "intranet/marco.css"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', hojas)


@hooks.register("insert_global_admin_js")
def fechas_como_se_escriben():
    # Sin «defer»: cada campo de fecha se arma mientras la página se lee.
    return format_html('<script src="{}"></script>', static("intranet/fechas.js"))


@hooks.register("register_admin_menu_item")
def inicio():
    return menu.entrada_de_inicio()


@hooks.register("register_admin_urls")
def guia_de_estilo():
    return [
        path("estilo/", views.estilo, name="estilo"),
        path("estilo/intranet/", views.estilo_intranet, name="estilo_intranet"),
        path("estilo/correo/", views.estilo_correo, name="estilo_correo"),
        path("estilo/documento.pdf", views.estilo_pdf, name="estilo_pdf"),
    ]


@hooks.register("register_admin_urls")
def ayuda_de_roles():
    return [path("roles/", que_puede_cada_rol, name="que_puede_cada_rol")]


@hooks.register("register_settings_menu_item")
def menu_de_estilo():
    return menu.entrada_de_estilo()


@hooks.register("register_admin_search_area")
def buscar_capacitaciones():
    return menu.BuscadorDe("Capacitaciones", "capacitaciones_modeladmin_index", "eventos.view_capacitacion", order=0)


@hooks.register("register_admin_search_area")
def buscar_en_directorio():
    """Quien ve al personal, que es todo el que usa el directorio."""
    return menu.BuscadorDe("Directorio", "directorio_buscar", "directorio.view_personal", order=10)


# Después de los demás: recorta y ordena lo que todos pusieron.
hooks.register("construct_main_menu", menu.llevar_a_su_pagina, order=999)
hooks.register("construct_main_menu", menu.ordenar_principal, order=1000)
hooks.register("construct_settings_menu", menu.recortar_configuracion, order=1000)


@hooks.register("construct_homepage_panels", order=1000)
def paneles_de_inicio(request, paneles):
    """Los de Wagtail hablan de páginas; aquí importa el trabajo de cada rol."""
    paneles[:] = [PanelDeInicio()]


@hooks.register("construct_homepage_summary_items", order=1000)
def sin_resumen(request, resumenes):
    resumenes.clear()


@hooks.register("construct_page_chooser_queryset")
def sin_borradores_ajenos(paginas, request):
    """Un enlace lleva a una página publicada; su borrador lo ve solo quien puede editarla."""
    suyas = page_permission_policy.instances_user_has_any_permission_for(request.user, {"change", "publish"})
    return paginas.filter(Q(live=True) | Q(pk__in=list(suyas.values_list("pk", flat=True))))
