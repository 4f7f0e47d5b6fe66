"""Lo que el directorio ofrece a otros pisos: qué se hace con un centro desde su ficha."""

from django.urls import reverse

from comun.registros import botones_de_centro


@botones_de_centro.anotar
def cambiar_de_nombre(usuario, centro):
    if not usuario.has_perm("organizacion.change_centro"):
        return None
    return "Cambió de nombre", reverse("centro_cambiar_nombre", args=[centro.pk])


@botones_de_centro.anotar
def pasar_provincias(usuario, centro):
    if not usuario.has_perm("organizacion.change_centro"):
        return None
    return "Provincias", reverse("centro_provincias", args=[centro.pk])
