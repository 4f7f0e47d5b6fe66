"""Enlaces firmados de la suscripción: prueban que quien los abre recibió el correo, sin cuenta ni contraseña."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import Suscriptor

SAL_CONFIRMAR = "boletines.confirmar"
SAL_BAJA = "boletines.baja"
DIAS_PARA_CONFIRMAR = 7


class EnlaceInvalido(Exception):
    """El enlace está cortado, fue alterado o su suscriptor ya no existe."""


class EnlaceVencido(EnlaceInvalido):
    """El enlace fue bueno, pero pasó su plazo o la persona se dio de baja después."""


def url_confirmar(suscriptor: Suscriptor) -> str:
    """Enlace absoluto para confirmar; vale siete días."""
    datos = [suscriptor.pk, suscriptor.confirmacion_pedida_en.timestamp()]
    return _absoluta("boletines:confirmar", signing.dumps(datos, salt=SAL_CONFIRMAR))


def url_baja(suscriptor: Suscriptor) -> str:
    """Enlace absoluto para darse de baja; no vence."""
    return _absoluta("boletines:baja", signing.dumps(suscriptor.pk, salt=SAL_BAJA))


def suscriptor_por_confirmar(token: str) -> Suscriptor:
    try:
        pk, pedida = signing.loads(token, salt=SAL_CONFIRMAR, max_age=DIAS_PARA_CONFIRMAR * 24 * 60 * 60)
    except signing.SignatureExpired as error:
        raise EnlaceVencido from error
    except (signing.BadSignature, ValueError) as error:
        raise EnlaceInvalido from error
    suscriptor = _existente(pk)
    if suscriptor.baja_en and suscriptor.baja_en.timestamp() > pedida:
        raise EnlaceVencido
    return suscriptor


def suscriptor_por_dar_de_baja(token: str) -> Suscriptor:
    try:
        return _existente(signing.loads(token, salt=SAL_BAJA))
    except (signing.BadSignature, ValueError) as error:
        raise EnlaceInvalido from error


def _existente(pk) -> Suscriptor:
    try:
        return Suscriptor.objects.get(pk=pk)
    except Suscriptor.DoesNotExist as error:
        raise EnlaceInvalido from error


def _absoluta(nombre: str, token: str) -> str:
    return settings.URL_DEL_SITIO + reverse(nombre, args=[token])
