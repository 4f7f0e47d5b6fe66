"""Direcciones bajo /intranet/; las registra ``directorio.wagtail_hooks``."""

from django.urls import path

from . import views

urlpatterns = [
    path("personal/<int:pk>/roles/", views.roles, name="personal_roles"),
    path("personal/<int:pk>/roles/encargar/", views.encargar, name="personal_encargar"),
    path("encargaturas/", views.encargaturas, name="encargaturas"),
    path("encargaturas/<int:pk>/terminar/", views.terminar, name="encargatura_terminar"),
    path("personal/<int:pk>/cese/", views.cese, name="personal_cese"),
    path("personal/<int:pk>/cese/anular/", views.anular_cese, name="personal_anular_cese"),
]
