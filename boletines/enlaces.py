"""Enlaces firmados: prueban que quien los abre recibió el correo, sin cuenta ni contraseña.

Un token lleva una llave primaria y nunca la dirección; cada clase de enlace tiene su sal y no sirve para otra.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import CorreoOficial, Suscriptor

SAL_CONFIRMAR = "boletines.confirmar"
SAL_BAJA = "boletines.baja"
SAL_PREFERENCIAS = "boletines.preferencias"
SAL_OFICIAL = "boletines.oficial"
DIAS_PARA_CONFIRMAR = 7


class EnlaceInvalido(Exception):
    """El enlace está cortado, fue alterado o su dueño ya no existe."""


class EnlaceVencido(EnlaceInvalido):
    """El enlace fue bueno, pero pasó su plazo o la persona se dio de baja después."""


def url_confirmar(suscriptor: Suscriptor) -> str:
    """Enlace absoluto para confirmar; vale siete días."""
    datos = [suscriptor.pk, suscriptor.confirmacion_pedida_en.timestamp()]
    return _absoluta("boletines:confirmar", datos, SAL_CONFIRMAR)


def url_baja(suscriptor: Suscriptor) -> str:
    """Enlace absoluto para darse de baja; no vence. Abierto en el navegador muestra además lo que recibe."""
    return _absoluta("boletines:baja", suscriptor.pk, SAL_BAJA)


def url_preferencias(suscriptor: Suscriptor) -> str:
    """Enlace absoluto para cambiar lo que recibe; no vence."""
    return _absoluta("boletines:preferencias", suscriptor.pk, SAL_PREFERENCIAS)


def url_baja_oficial(oficial: CorreoOficial) -> str:
    """Enlace absoluto con que una dirección del directorio deja de recibir; no vence."""
    return _absoluta("boletines:baja-oficial", oficial.pk, SAL_OFICIAL)


def suscriptor_por_confirmar(token: str) -> Suscriptor:
    try:
        pk, pedida = _leer(token, SAL_CONFIRMAR, max_age=DIAS_PARA_CONFIRMAR * 24 * 60 * 60)
    except signing.SignatureExpired as error:
        raise EnlaceVencido from error
    suscriptor = _existente(Suscriptor, pk)
    if suscriptor.baja_en and suscriptor.baja_en.timestamp() > pedida:
        raise EnlaceVencido
    return suscriptor


def suscriptor_por_dar_de_baja(token: str) -> Suscriptor:
    return _existente(Suscriptor, _leer(token, SAL_BAJA))


def suscriptor_por_preferencias(token: str) -> Suscriptor:
    return _existente(Suscriptor, _leer(token, SAL_PREFERENCIAS))


def oficial_por_dar_de_baja(token: str) -> CorreoOficial:
    return _existente(CorreoOficial, _leer(token, SAL_OFICIAL))


def _leer(token: str, sal: str, max_age: int | None = None):
    """Lo firmado. Levanta ``EnlaceInvalido``, o ``SignatureExpired`` si pasaron ``max_age`` segundos."""
    try:
        return signing.loads(token, salt=sal, max_age=max_age)
    except signing.SignatureExpired:
        raise
    except (signing.BadSignature, ValueError) as error:
        raise EnlaceInvalido from error


def _existente(modelo, pk):
    try:
        return modelo.objects.get(pk=pk)
    except modelo.DoesNotExist as error:
        raise EnlaceInvalido from error


def _absoluta(nombre: str, datos, sal: str) -> str:
    return settings.URL_DEL_SITIO + reverse(nombre, args=[signing.dumps(datos, salt=sal)])
