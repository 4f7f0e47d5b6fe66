"""Direcciones bajo /intranet/directorio/; las registra ``directorio.wagtail_hooks``."""

from django.urls import path

from . import views

urlpatterns = [
    path("directorio/importar/", views.importar, name="directorio_importar"),
    path("directorio/importar/plantilla/<slug:tipo>/", views.plantilla, name="directorio_importar_plantilla"),
    path("directorio/importar/<int:pk>/", views.ver, name="directorio_importacion"),
    path("directorio/importar/<int:pk>/columnas/", views.columnas, name="directorio_importacion_columnas"),
    path("directorio/importar/<int:pk>/errores/", views.errores, name="directorio_importacion_errores"),
    path("directorio/importar/<int:pk>/confirmar/", views.confirmar, name="directorio_importacion_confirmar"),
    path("directorio/importar/<int:pk>/deshacer/", views.deshacer, name="directorio_importacion_deshacer"),
    path("directorio/importar/<int:pk>/descartar/", views.descartar, name="directorio_importacion_descartar"),
    path("directorio/exportar/<slug:tipo>/", views.exportar, name="directorio_exportar"),
]
