"""Quién estaba en este navegador cuando su sesión venció.

Una galleta firmada, de una hora y solo bajo ``/intranet/``, que no abre nada: sirve para guardar a su nombre lo que
esa persona envía desde otra pestaña cuando ya no hay sesión que diga quién es. La quita la sesión siguiente.
"""

from django.conf import settings

from organizacion.models import Usuario

from .models import VIVE

GALLETA = "se-cerro"
CAMINO = "/intranet/"
SAL = "acceso.recien"


def galleta() -> str:
    """Su nombre; en producción, con el prefijo que obliga al navegador a pedir TLS."""
    return settings.PREFIJO_DE_GALLETA + GALLETA


def recordar(respuesta, usuario: Usuario) -> None:
    respuesta.set_signed_cookie(
        galleta(),
        usuario.pk,
        salt=SAL,
        max_age=int(VIVE.total_seconds()),
        path=CAMINO,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def olvidar(respuesta) -> None:
    respuesta.delete_cookie(galleta(), path=CAMINO, samesite="Lax")


def hay(request) -> bool:
    return galleta() in request.COOKIES


def quien_estaba(request) -> Usuario | None:
    """``None`` si no hay galleta, venció, no la firmamos nosotros o su cuenta ya se cerró."""
    pk = request.get_signed_cookie(galleta(), default=None, salt=SAL, max_age=VIVE)
    return Usuario.objects.filter(pk=pk, is_active=True).first() if pk else None
