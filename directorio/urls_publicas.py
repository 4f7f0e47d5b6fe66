"""Direcciones públicas del directorio."""

from django.urls import path

from .campanias import publico
from .views import publicas

app_name = "directorio"

urlpatterns = [
    path("directorio/", publicas.personal, name="personal"),
    path("directorio/<int:pk>.vcf", publicas.vcard, name="vcard"),
    path("directorio/<slug:centro>.vcf", publicas.vcard_de_centro, name="vcard-de-centro"),
    path("actualizar-datos/<str:token>/", publico.actualizar, name="actualizar"),
]
