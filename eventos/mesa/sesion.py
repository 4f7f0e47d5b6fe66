"""La sesión de un aparato: una cookie propia que solo abre /mesa/ y solo su capacitación."""

import datetime as dt
from functools import wraps

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from eventos.actions.mesa import resumir
from eventos.models import Mesa
from eventos.permissions import mesa_autorizada

GALLETA = "mesa"
CAMINO = "/mesa/"
SAL = "eventos.mesa"
# Vive más que la mesa solo para poder decirle al aparato que ya se cerró y qué no llegó; nada más se abre con ella.
DESPUES = dt.timedelta(days=30)

POLITICA = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}


def galleta() -> str:
    """Su nombre; en producción, con el prefijo que obliga al navegador a pedir TLS."""
    return settings.PREFIJO_DE_GALLETA + GALLETA


def recordar(respuesta, mesa: Mesa, clave: str) -> None:
    respuesta.set_signed_cookie(
        galleta(),
        clave,
        salt=SAL,
        expires=mesa.vence_en + DESPUES,
        path=CAMINO,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def mesa_de(request) -> Mesa | None:
    """La mesa de este aparato, abierta o no; ``None`` si no tiene o la cookie no la firmamos nosotros."""
    clave = request.get_signed_cookie(galleta(), default=None, salt=SAL)
    if not clave:
        return None
    filas = Mesa.objects.select_related("capacitacion__centro", "abierta_por")
    return filas.filter(clave_sha256=resumir(clave)).first()


def por_que_no(mesa: Mesa) -> tuple[str, str] | None:
    """(código, texto) de por qué su aparato ya no puede nada; ``None`` si puede."""
    if mesa.cerrada_en:
        return "cerrada", "Esta mesa se cerró."
    if not mesa.esta_abierta(timezone.now()):
        return "vencida", "Esta mesa venció: la capacitación ya terminó."
    if not mesa.capacitacion.esta_publicada or mesa.capacitacion.esta_cerrada:
        return "cerrada", "La capacitación se canceló o su expediente se cerró."
    if not mesa_autorizada(mesa):
        return "cerrada", "Quien abrió esta mesa ya no puede registrar asistencia: pida abrir otra."
    return None


def privada(vista):
    """Nadie la guarda ni la enmarca, los buscadores no la ven y solo carga lo nuestro."""

    @never_cache
    @csp_replace(POLITICA)
    @ensure_csrf_cookie
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["X-Robots-Tag"] = "noindex, nofollow"
        respuesta["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
        return respuesta

    return envuelta


def con_mesa(vista):
    """Entrega la mesa de este aparato si es la de la dirección; la de otra capacitación no existe (404)."""

    @privada
    @wraps(vista)
    def envuelta(request, pk):
        mesa = mesa_de(request)
        if mesa is None or mesa.pk != pk:
            raise Http404("Este aparato no tiene esa mesa.")
        return vista(request, mesa)

    return envuelta


def rechazar(motivo: tuple[str, str], **mas) -> JsonResponse:
    codigo, texto = motivo
    return JsonResponse({"error": codigo, "mensaje": texto, **mas}, status=403)
