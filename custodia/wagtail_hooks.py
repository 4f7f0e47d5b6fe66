from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import views
from .documento import documento
from .intranet import datos, panel, pasos, solicitudes, vulneraciones
from .permissions import (
    puede_atender_solicitudes,
    puede_ver_rastro,
    puede_ver_retencion,
    puede_ver_solicitudes,
    puede_ver_vulneraciones,
)


@hooks.register("register_admin_urls")
def direcciones():
    return [
        path("rastro/", views.rastro, name="custodia_rastro"),
        path("rastro/persona/", views.buscar_persona, name="custodia_buscar_persona"),
        path("rastro/exportar/", views.exportar, name="custodia_exportar"),
        path("rastro/<int:pk>/", views.huella, name="custodia_huella"),
        path("documento/<slug:clase>/<int:pk>/", documento, name="custodia_documento"),
        path("datos-personales/", views.datos_personales, name="custodia_datos_personales"),
        path("privacidad/", include(de_privacidad)),
    ]


de_solicitud = [
    path("", solicitudes.detalle, name="custodia_solicitud"),
    path("documento/", solicitudes.documento, name="custodia_solicitud_documento"),
    path("paso/<slug:paso>/", pasos.paso, name="custodia_solicitud_paso"),
    path("rectificar/", datos.rectificar, name="custodia_solicitud_rectificar"),
    path("cancelar/", datos.cancelar, name="custodia_solicitud_cancelar"),
    path("copia/preparar/", datos.preparar, name="custodia_paquete_preparar"),
    path("copia/", datos.bajar, name="custodia_paquete"),
]
de_vulneracion = [
    path("", vulneraciones.detalle, name="custodia_vulneracion"),
    path("paso/<slug:paso>/", vulneraciones.paso, name="custodia_vulneracion_paso"),
    path("informe.pdf", vulneraciones.informe, name="custodia_vulneracion_informe"),
]
de_privacidad = [
    path("", panel.panel, name="custodia_privacidad"),
    path("solicitudes/", solicitudes.lista, name="custodia_solicitudes"),
    path("solicitudes/registrar/", solicitudes.registrar, name="custodia_solicitud_registrar"),
    path("solicitudes/<int:pk>/", include(de_solicitud)),
    path("incidentes/", vulneraciones.lista, name="custodia_vulneraciones"),
    path("incidentes/registrar/", vulneraciones.registrar, name="custodia_vulneracion_registrar"),
    path("incidentes/<int:pk>/", include(de_vulneracion)),
    path("retencion/", panel.retencion, name="custodia_retencion"),
    path("retencion/<int:pk>/", panel.corrida, name="custodia_corrida"),
]


class DeCustodia(MenuItem):
    """``puede``: la pregunta de ``permissions`` que decide si se muestra."""

    def __init__(self, *args, puede, **kwargs):
        super().__init__(*args, **kwargs)
        self.puede = puede

    def is_shown(self, request):
        return self.puede(request.user)


def _entrada(rotulo, ruta, puede, icono, orden):
    return DeCustodia(rotulo, reverse_lazy(ruta), puede=puede, icon_name=icono, order=orden)


@hooks.register("register_admin_menu_item")
def menu():
    entradas = [
        _entrada("Oficial de Datos", "custodia_privacidad", puede_atender_solicitudes, "lock", 0),
        _entrada("Solicitudes", "custodia_solicitudes", puede_ver_solicitudes, "clipboard-list", 10),
        _entrada("Incidentes", "custodia_vulneraciones", puede_ver_vulneraciones, "warning", 20),
        _entrada("Retención", "custodia_retencion", puede_ver_retencion, "bin", 30),
        _entrada("Inventario", "custodia_datos_personales", puede_ver_rastro, "list-ul", 40),
        _entrada("Rastro", "custodia_rastro", puede_ver_rastro, "history", 50),
    ]
    return SubmenuMenuItem("Privacidad", Menu(items=entradas), name="custodia", icon_name="lock", order=800)
