"""De dónde viene un pedido."""

import ipaddress

from django.conf import settings


def ip_de(request) -> str | None:
    """La dirección de quien pide.

    Con ``PROXIES`` en cero es la que ve la aplicación. Con uno o más, la que anotó el primero de ellos: la que está
    a esa distancia del final de ``X-Forwarded-For``; lo anterior lo escribe quien pide y no se cree.
    """
    if request is None:
        return None
    directa = request.META.get("REMOTE_ADDR") or None
    saltos = [salto.strip() for salto in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if not settings.PROXIES or len(saltos) < settings.PROXIES:
        return directa
    try:
        return str(ipaddress.ip_address(saltos[-settings.PROXIES]))
    except ValueError:
        return directa
