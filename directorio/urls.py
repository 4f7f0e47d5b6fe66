"""Direcciones de la intranet, bajo /intranet/; las registra ``wagtail_hooks``."""

from django.urls import path

from .views import acceso, buscar, centro, entidad, escritas, institucional, operador, personal

urlpatterns = [
    path("directorio/", institucional.institucional, name="directorio_institucional"),
    path("directorio/buscar/", buscar.buscar_en_directorio, name="directorio_buscar"),
    path("directorio/entidades-escritas/", escritas.lista, name="directorio_escritas"),
    path("directorio/entidades-escritas/<slug:clave>/", escritas.una, name="directorio_escrita"),
    path("directorio/entidades-escritas/<slug:clave>/vincular/", escritas.vincular, name="directorio_vincular_escrita"),
    path("personal/<int:pk>/vcard/", institucional.vcard_de_uno, name="personal_vcard"),
    path("personal/<int:pk>/anular-cambio/", personal.anular_cambio, name="personal_anular_cambio"),
    path("personal/<int:pk>/acceso/", acceso.acceso, name="personal_acceso"),
    path("personal/<int:pk>/acceso/invitar/", acceso.reenviar_invitacion, name="personal_reenviar_invitacion"),
    path("personal/<int:pk>/acceso/quitar/", acceso.cerrar_acceso, name="personal_quitar_acceso"),
    path("operadores/<int:pk>/trasladar/", operador.trasladar, name="operador_trasladar"),
    path("operadores/<int:pk>/ya-no-trabaja/", operador.cesar, name="operador_cesar"),
    path("entidades/<int:pk>/nombre/", entidad.cambiar_nombre, name="entidad_cambiar_nombre"),
    path("entidades/<int:pk>/terminar-periodo/", entidad.terminar_periodo, name="entidad_terminar_periodo"),
    path("centros/<int:pk>/nombre/", centro.cambiar_nombre, name="centro_cambiar_nombre"),
    path("centros/<int:pk>/provincias/", centro.provincias, name="centro_provincias"),
    path("centros/<int:pk>/vcard/", institucional.vcard_de_centro, name="centro_vcard"),
    path("centros/<int:pk>/directorio.pdf", institucional.pdf_de_centro, name="centro_directorio_pdf"),
    path("traspasos/<int:pk>/anular/", centro.anular_traspaso, name="centro_anular_traspaso"),
]
