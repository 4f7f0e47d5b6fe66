from django.urls import path

from . import views, views_propuestas

urlpatterns = [
    path("directorio/campanias/", views.lista, name="directorio_campanias"),
    path("directorio/campanias/nueva/", views.nueva, name="directorio_campania_nueva"),
    path("directorio/campanias/<int:pk>/", views.campania, name="directorio_campania"),
    path("directorio/campanias/<int:pk>/cerrar/", views.cerrar, name="directorio_campania_cerrar"),
    path("directorio/campanias/pedidos/<int:pk>/llamada/", views.llamada, name="directorio_pedido_llamada"),
    path("directorio/campanias/pedidos/<int:pk>/anular/", views.anular, name="directorio_pedido_anular"),
    path("directorio/propuestas/", views_propuestas.propuestas, name="directorio_propuestas"),
    path("directorio/propuestas/<int:pk>/", views_propuestas.resolver, name="directorio_propuesta"),
]
