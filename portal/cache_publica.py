"""Caché de las páginas públicas: lo que se sirve a cualquiera se calcula una vez cada 30 segundos (ADR 0007).

La llave lleva la versión de ``organizacion.publico``: publicar, reprogramar o cancelar la sube y lo guardado deja de
servirse en todos los procesos a la vez. Solo se guarda lo que su vista declara ``Cache-Control: public``, y las páginas
publicadas de Wagtail.
"""

import hashlib
import time
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import parse_http_date_safe

from organizacion.publico import version_del_pedido

SEGUNDOS = 30
# Una consulta más larga no es de un filtro, y un cuerpo mayor no es de una página: que nadie llene la caché con ellos.
CONSULTA_MAXIMA = 500
CUERPO_MAXIMO = 512 * 1024
# Lo que no es del público (la intranet, su entrada y la mesa de asistencia), los archivos y /salud/, que contesta
# aunque la base de datos no lo haga.
APARTE = ("/intranet/", "/acceso/", "/mesa/", "/salud/", "/documentos/", "/media/")
# La misma dirección da una página o, a htmx, un fragmento: de estas cabeceras también depende la llave.
DE_HTMX = ("HX-Request", "HX-History-Restore-Request")
VARIA_CON = {"accept-encoding", *(nombre.lower() for nombre in DE_HTMX)}
CONDICIONES = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


class CachePublica:
    """Va dentro de GZip, que comprime también lo guardado, y fuera de la sesión y la CSP, que así no se recalculan."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in {"GET", "HEAD"} or request.path.startswith(APARTE):
            return self.get_response(request)
        if not _es_anonimo(request):
            return _privada(self.get_response(request))
        if len(request.META.get("QUERY_STRING", "")) > CONSULTA_MAXIMA:
            return self.get_response(request)
        with version_del_pedido() as version:
            return _condicional(request, self._guardada_o_nueva(request, version))

    def _guardada_o_nueva(self, request, version):
        cache, llave = caches["publica"], _llave(request, version)
        if guardada := cache.get(llave):
            return _reponer(*guardada)
        with _sin_condiciones(request):
            respuesta = self.get_response(request)
        if _es_pagina_de_wagtail(request, respuesta):
            patch_cache_control(respuesta, public=True, max_age=SEGUNDOS)
        if not _es_publica(respuesta):
            return respuesta
        if _depende_de_quien_pide(respuesta):
            return _privada(respuesta)
        if "ETag" not in respuesta:
            set_response_etag(respuesta)
        if request.method == "GET" and len(respuesta.content) <= CUERPO_MAXIMO:
            cache.set(llave, (dict(respuesta.items()), respuesta.content, time.time()), SEGUNDOS)
        return respuesta


def _es_anonimo(request) -> bool:
    """Sin sesión ni mensajes por mostrar; las demás galletas no cambian una página pública."""
    return not {settings.SESSION_COOKIE_NAME, settings.MENSAJES_COOKIE_NAME} & request.COOKIES.keys()


def _llave(request, version) -> str:
    partes = [request.build_absolute_uri(), *(str(request.headers.get(nombre) == "true") for nombre in DE_HTMX)]
    huella = hashlib.sha256("\n".join(partes).encode()).hexdigest()
    return f"{version}:{huella}"


@contextmanager
def _sin_condiciones(request):
    """Que la vista responda la página entera para poder guardarla; el 304 lo decide ``_condicional``."""
    apartadas = {nombre: request.META.pop(nombre) for nombre in CONDICIONES if nombre in request.META}
    try:
        yield
    finally:
        request.META.update(apartadas)


def _es_pagina_de_wagtail(request, respuesta) -> bool:
    """Una página publicada y sin restricciones: Wagtail pone su propio Cache-Control a las que piden contraseña."""
    ruta = getattr(request.resolver_match, "view_name", "")
    return ruta == "wagtail_serve" and respuesta.status_code == 200 and "Cache-Control" not in respuesta


def _es_publica(respuesta) -> bool:
    directivas = {parte.strip() for parte in respuesta.get("Cache-Control", "").lower().split(",")}
    return respuesta.status_code == 200 and not respuesta.streaming and "public" in directivas


def _depende_de_quien_pide(respuesta) -> bool:
    varia = {parte.strip() for parte in respuesta.get("Vary", "").lower().split(",") if parte.strip()}
    return bool(respuesta.cookies or varia - VARIA_CON)


def _privada(respuesta):
    """Que ningún proxy guarde lo que se armó para una sola persona."""
    if _es_publica(respuesta):
        del respuesta["Cache-Control"]
        patch_cache_control(respuesta, private=True, no_cache=True)
    return respuesta


def _reponer(cabeceras: dict, cuerpo: bytes, guardada_en: float) -> HttpResponse:
    respuesta = HttpResponse(cuerpo, headers=cabeceras)
    respuesta["Age"] = int(time.time() - guardada_en)
    return respuesta


def _condicional(request, respuesta):
    """El 304 a quien ya tiene esta misma página."""
    if respuesta.status_code != 200 or "ETag" not in respuesta:
        return respuesta
    modificada = respuesta.get("Last-Modified")
    modificada = modificada and parse_http_date_safe(modificada)
    return get_conditional_response(request, respuesta["ETag"], modificada, respuesta)
