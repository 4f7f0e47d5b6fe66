"""Las cabeceras con que toda respuesta le dice al navegador qué no hacer (docs/seguridad.md)."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings

# El editor de Wagtail trae scripts y estilos en línea (InlinePanel, los selectores, las fechas) y muestra imágenes aún
# sin guardar. Atributos como onclick no usa ninguno: por ahí entraría lo que alguien logre escribir en un texto.
DE_LA_INTRANET = {
    "script-src": [SELF, UNSAFE_INLINE],
    "script-src-attr": [NONE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
# Lo que no pasa por la política de contenido: los estáticos, un fallo antes de llegar a ella.
DE_LO_DEMAS = "default-src 'none'; frame-ancestors 'none'"
# Aparatos que ninguna página pide. La mesa de asistencia, que lee QR, se abre la cámara (eventos.mesa.sesion).
PERMISOS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()"
# Lo personal no lo carga otra web ni como imagen; lo público sí: las tarjetas de las redes, las imágenes de un correo.
SOLO_DE_AQUI = ("/intranet/", "/acceso/", "/mesa/", "/documentos/")


class Cabeceras:
    """Las que no dependen de la vista, en todo lo que sale: páginas, archivos, estáticos, redirecciones y errores."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        respuesta = self.get_response(request)
        for nombre, valor in _de_siempre(request):
            respuesta.headers.setdefault(nombre, valor)
        return respuesta


def _de_siempre(request):
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", settings.SECURE_REFERRER_POLICY
    yield "Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY
    yield "Permissions-Policy", PERMISOS
    if request.path.startswith(SOLO_DE_AQUI):
        yield "Cross-Origin-Resource-Policy", "same-origin"
    if not settings.DEBUG:  # la página con que Django explica una falla lleva estilos en línea
        yield "Content-Security-Policy", DE_LO_DEMAS


class PoliticaDeContenido(CSPMiddleware):
    """CONTENT_SECURITY_POLICY; la intranet, con lo que su editor necesita, y enmarca quien la vista deje."""

    def get_policy_parts(self, request, response, report_only=False):
        partes = super().get_policy_parts(request, response, report_only)
        propias = DE_LA_INTRANET if request.path.startswith("/intranet/") else {}
        marcos = {"frame-ancestors": [SELF]} if _se_enmarca_aqui(request, response) else {}
        partes.replace = {**propias, **marcos, **(partes.replace or {})}
        return partes


def _se_enmarca_aqui(request, respuesta) -> bool:
    """Lo que la vista dijo con X-Frame-Options, que un navegador con frame-ancestors ya no mira.

    La página dentro de una vista previa la arma Wagtail con un pedido suyo, que no sabe que irá en un marco.
    """
    return respuesta.get("X-Frame-Options") == "SAMEORIGIN" or getattr(request, "is_dummy", False)
