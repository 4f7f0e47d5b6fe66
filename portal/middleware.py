"""Lo que rige para todo pedido: la política de contenido (CSP) y los valores que la base no puede guardar."""

import logging

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.db import DataError
from django.views.defaults import bad_request

registro = logging.getLogger(__name__)

# El editor de Wagtail trae scripts y estilos en línea y muestra imágenes aún sin guardar.
DE_LA_INTRANET = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


class PoliticaDeContenido(CSPMiddleware):
    """La política de CONTENT_SECURITY_POLICY, con las excepciones de la intranet solo bajo /intranet/."""

    def get_policy_parts(self, request, response, report_only=False):
        partes = super().get_policy_parts(request, response, report_only)
        if request.path.startswith("/intranet/"):
            partes.replace = {**DE_LA_INTRANET, **(partes.replace or {})}
        return partes


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
