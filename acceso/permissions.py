"""Quién necesita segundo factor, quién ya lo usó en esta sesión y quién cuida las cuentas de otros."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings

PRINCIPALES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def es_obligatorio() -> bool:
    return settings.SEGUNDO_FACTOR == "obligatorio"


def factores_de(usuario):
    """Los que abren por sí solos: aplicación y llaves. Los códigos de respaldo solo suplen a uno de ellos."""
    return Authenticator.objects.filter(user=usuario, type__in=PRINCIPALES)


def tiene_segundo_factor(usuario) -> bool:
    return factores_de(usuario).exists()


def paso_el_segundo_factor(request) -> bool:
    """Si en esta misma sesión mostró un segundo factor (o acaba de ponerlo)."""
    return any(paso.get("method") == "mfa" for paso in get_authentication_records(request, request.user))


def puede_cuidar(usuario, cuenta) -> bool:
    """Si ``usuario`` puede desbloquear, cerrar sesiones o restablecer el segundo factor de ``cuenta``."""
    if not usuario.has_perm("organizacion.change_usuario") or usuario == cuenta:
        return False
    return usuario.is_superuser or not cuenta.is_superuser
