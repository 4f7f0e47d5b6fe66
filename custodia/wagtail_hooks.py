from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from . import views
from .permissions import puede_ver_rastro


@hooks.register("register_admin_urls")
def direcciones():
    return [
        path("rastro/", views.rastro, name="custodia_rastro"),
        path("rastro/persona/", views.buscar_persona, name="custodia_buscar_persona"),
        path("rastro/exportar/", views.exportar, name="custodia_exportar"),
        path("rastro/<int:pk>/", views.huella, name="custodia_huella"),
        path("datos-personales/", views.datos_personales, name="custodia_datos_personales"),
    ]


class DeCustodia(MenuItem):
    def is_shown(self, request):
        return puede_ver_rastro(request.user)


@hooks.register("register_admin_menu_item")
def menu():
    entradas = [
        DeCustodia("Rastro", reverse_lazy("custodia_rastro"), icon_name="history", order=0),
        DeCustodia("Datos personales", reverse_lazy("custodia_datos_personales"), icon_name="lock", order=10),
    ]
    return SubmenuMenuItem("Custodia", Menu(items=entradas), name="custodia", icon_name="lock", order=800)
