"""Direcciones de la intranet, bajo /intranet/; las registra ``wagtail_hooks``."""

from django.urls import path

from . import views

urlpatterns = [
    path("personal/<int:pk>/acceso/", views.acceso, name="personal_acceso"),
    path("personal/<int:pk>/acceso/invitar/", views.reenviar_invitacion, name="personal_reenviar_invitacion"),
    path("personal/<int:pk>/acceso/quitar/", views.cerrar_acceso, name="personal_quitar_acceso"),
]
