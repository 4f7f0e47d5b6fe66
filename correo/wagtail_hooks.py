from django.urls import path, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import views
from .permissions import puede_ver_envios


@hooks.register("register_admin_urls")
def direcciones():
    return [
        path("envios/", views.lista, name="correo_envios"),
        path("envios/<int:pk>/", views.detalle, name="correo_envio_detalle"),
        path("envios/<int:pk>/avance/", views.avance, name="correo_envio_avance"),
        path("envios/<int:pk>/devolver/", views.devolver, name="correo_envio_devolver"),
        path("envios/<int:pk>/<slug:accion>/", views.actuar_sobre_envio, name="correo_envio_actuar"),
        path("envios/entregas/<int:pk>/<slug:accion>/", views.decidir_dudosa, name="correo_entrega_decidir"),
    ]


class EnviosMenuItem(MenuItem):
    def is_shown(self, request):
        return puede_ver_envios(request.user)


@hooks.register("register_admin_menu_item")
def menu():
    return EnviosMenuItem("Envíos", reverse_lazy("correo_envios"), icon_name="mail", order=500)
