import re
from functools import partial

from django.http import HttpResponsePermanentRedirect
from django.utils.http import escape_leading_slashes

from organizacion.direcciones import direcciones_de_antes

_TRAMO = re.compile(r"[^/]+")


class DireccionesDeAntes:
    """301 de toda dirección que lleva el identificador anterior de un centro: su página, feeds, mural, «?centro=»."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        if "centro" in request.GET and (consulta := _consulta_de_hoy(request.GET)):
            return _a(request.path, consulta)
        respuesta = self.get_response(request)
        if respuesta.status_code != 404:
            return respuesta
        ruta = _TRAMO.sub(partial(_tramo_de_hoy, direcciones_de_antes()), request.path)
        if ruta == request.path:
            return respuesta
        return _a(ruta, request.META.get("QUERY_STRING", ""))


def _a(ruta: str, consulta: str) -> HttpResponsePermanentRedirect:
    # «//otro.sitio/cusco» es una ruta de aquí; sin escaparla, el navegador se iría a otro sitio.
    ruta = escape_leading_slashes(ruta)
    return HttpResponsePermanentRedirect(f"{ruta}?{consulta}" if consulta else ruta)


def _tramo_de_hoy(de_hoy, tramo) -> str:
    """«cusco» y «cusco.pdf» cambian; «feria-cusco» no es de un centro."""
    nombre, punto, extension = tramo[0].partition(".")
    return f"{de_hoy.get(nombre, nombre)}{punto}{extension}"


def _consulta_de_hoy(parametros) -> str:
    """La consulta con los centros de hoy, o «» si ya lo era."""
    de_hoy = direcciones_de_antes()
    centros = parametros.getlist("centro")
    if not any(centro in de_hoy for centro in centros):
        return ""
    nuevos = parametros.copy()
    nuevos.setlist("centro", [de_hoy.get(centro, centro) for centro in centros])
    return nuevos.urlencode()
