"""Direcciones bajo /intranet/directorio/; las registra ``directorio.wagtail_hooks``."""

from django.urls import path

from . import views

urlpatterns = [
    path("directorio/entidades/<int:pk>/indicadores/", views.anotar_indicador, name="situacion_indicador"),
    path("directorio/entidades/<int:pk>/temas/", views.anotar_tema, name="situacion_tema"),
    path("directorio/temas/<int:pk>/atendido/", views.cerrar_tema, name="situacion_tema_atendido"),
    path("directorio/entidades/<int:pk>/ficha.pdf", views.ficha_pdf, name="situacion_pdf"),
    path("directorio/indicadores/importar/", views.importar, name="situacion_importar"),
    path("directorio/indicadores/plantilla.xlsx", views.plantilla, name="situacion_plantilla"),
]
