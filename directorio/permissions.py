"""Quién edita qué páginas de centros, y qué páginas no se borran."""

from organizacion.models import Rol

from .models import CentroPage, CentrosIndexPage


def paginas_de_centros(rol, centro):
    """Cada coordinador edita la página de su centro; la sede, todas (registro ``permisos_de_pagina``)."""
    if rol == Rol.COORDINADOR and centro is not None:
        return [(pagina, ("change_page", "publish_page")) for pagina in CentroPage.objects.filter(centro=centro)]
    if rol in (Rol.OGAUC, Rol.COMUNICACIONES):
        return [(pagina, ("change_page", "publish_page")) for pagina in CentrosIndexPage.objects.all()]
    return []


def motivo_para_no_borrar(pagina) -> str:
    """Por qué ``pagina`` no se puede borrar, o «» si se puede: un centro siempre tiene su página."""
    rama = pagina.get_descendants(inclusive=True)
    if rama.type((CentroPage, CentrosIndexPage)).exists():
        return "Los centros y su lista no se borran: si un centro cierra, quite su publicación."
    return ""
