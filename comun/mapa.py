"""Mapas: un enlace a OpenStreetMap, sin guiones ni imágenes de terceros en la página."""

from urllib.parse import urlencode

MAPA = "https://www.openstreetmap.org/search"


def url_de_mapa(*partes: str) -> str:
    """La búsqueda de una dirección del Perú, de lo más preciso a lo más amplio: calle, distrito, provincia."""
    return f"{MAPA}?{urlencode({'query': ', '.join([*filter(None, partes), 'Perú'])})}"
