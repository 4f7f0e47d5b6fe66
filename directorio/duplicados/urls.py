"""Direcciones bajo /intranet/directorio/repetidas/; las registra ``directorio.wagtail_hooks``."""

from django.urls import path

from . import views

urlpatterns = [
    path("directorio/repetidas/<slug:que>/", views.repetidas, name="repetidas"),
    path("directorio/repetidas/<slug:que>/<int:a>/<int:b>/", views.comparar, name="repetidas_comparar"),
    path("directorio/repetidas/<slug:que>/<int:a>/<int:b>/distintas/", views.distintas, name="repetidas_distintas"),
]
