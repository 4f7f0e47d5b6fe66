from django.urls import path

from . import views

urlpatterns = [
    path("directorio/mio/", views.mi_directorio, name="mi_directorio"),
    path("directorio/mio/<slug:clase>/<int:pk>/verificar/", views.verificar, name="mi_directorio_verificar"),
    path("directorio/mio/<slug:clase>/<int:pk>/retirar/", views.retirar, name="mi_directorio_retirar"),
    path("directorio/mio/<slug:clase>/<int:pk>/deshacer/", views.deshacer, name="mi_directorio_deshacer"),
    path(
        "directorio/mio/<slug:clase>/<int:pk>/deshacer/confirmar/",
        views.confirmar_deshacer,
        name="mi_directorio_confirmar_deshacer",
    ),
    path("directorio/partes/", views.partes, name="directorio_partes"),
    path("directorio/partes/<int:pk>/", views.encargar_parte, name="directorio_partes_encargar"),
]
