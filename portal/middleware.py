"""Lo que rige para todo pedido: qué se guarda, quién pide archivos y valores imposibles."""

import logging

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import DataError
from django.utils.cache import patch_cache_control
from django.views.defaults import bad_request, permission_denied

registro = logging.getLogger(__name__)

# Lo que es de alguien aunque su vista dijera otra cosa.
PERSONALES = ("/intranet/", "/mesa/")
# Archivos ya publicados: sin sesión de por medio, son los mismos para cualquiera.
PUBLICADOS = ("/media/", "/documentos/")


class NadaSeGuarda:
    """``Cache-Control: no-store`` en todo lo que su vista no declara público (ADR 0029).

    Va por fuera de la caché pública, que es la que declara públicas las páginas de Wagtail.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        respuesta = self.get_response(request)
        if not _puede_guardarse(request, respuesta):
            del respuesta["Cache-Control"]
            patch_cache_control(respuesta, no_store=True, private=True)
        return respuesta


def _puede_guardarse(request, respuesta) -> bool:
    """Lo declarado ``public``, o ``no-cache`` a secas (se revisa cada vez), y los archivos que se piden sin sesión."""
    if request.path.startswith(PERSONALES):
        return False
    if request.path.startswith(PUBLICADOS) and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return True
    directivas = {parte.strip() for parte in respuesta.get("Cache-Control", "").lower().split(",")}
    return "private" not in directivas and bool(directivas & {"public", "no-cache"})


class ValoresImposibles:
    """Una llave inventada de 30 cifras o un carácter nulo es un pedido mal hecho (400), no una falla del portal."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OverflowError | DataError):
            return None
        registro.warning("Valor imposible en %s", request.path, exc_info=exception)
        return bad_request(request, exception)


class SoloConCuenta:
    """Un archivo del personal se le niega (403) a quien no entra a la intranet, exista o no (ADR 0029).

    Wagtail lo mandaría a la página de ingreso, que no es la respuesta a un enlace viejo ni a una dirección adivinada.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        entrega = getattr(view_func, "entrega_archivo", False)
        if entrega and not request.user.has_perm("wagtailadmin.access_admin"):
            return permission_denied(request, PermissionDenied())
        return None
