"""La cerca: ningún pedido llega a su vista si la tabla de accesos no lo declara."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from wagtail.admin.auth import reject_request

from .accesos.rutas import nombre_de
from .accesos.tabla import entra, tabla

registro = logging.getLogger(__name__)
INICIO = "wagtailadmin_home"
MOTIVO = "Su rol no le permite hacer esto."


class Cerca:
    """Contesta 404 a una dirección sin declarar y 403 al rol que la tabla no nombra (ADR 0028).

    No reemplaza lo que cada vista pregunta: si a una se le olvida, esta no.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        nombre = nombre_de(request.resolver_match)
        if entra(request.user, nombre, request.method):
            return None
        if nombre not in tabla():
            registro.error("Dirección sin declarar en intranet/accesos: %s", nombre)
            raise Http404
        # A quien entró sin un rol, la entrada le explica por qué no hay nada más allá.
        if not request.user.is_authenticated or (nombre == INICIO and not request.user.roles):
            return reject_request(request)
        return self._negar(request)

    def _negar(self, request):
        """Con su explicación, dentro de la intranet si es del personal."""
        if not request.user.roles or request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied(MOTIVO)
        return render(request, "comun/sin_permiso.html", {"motivo": MOTIVO}, status=403)
