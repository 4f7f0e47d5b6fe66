"""Política de contenido (CSP): estricta en público, más suelta donde Wagtail la necesita."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware

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
