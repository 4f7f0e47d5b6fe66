"""Enlaces personales de una inscripción: firmados, para verla o cancelarla sin tener cuenta."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from .models import Inscripcion

_firma = Signer(salt="eventos.inscripcion", sep=".")


def token_de(inscripcion: Inscripcion) -> str:
    return _firma.sign(inscripcion.codigo)


def inscripcion_de(token: str) -> Inscripcion:
    """La inscripción del ``token``; levanta ``Inscripcion.DoesNotExist`` si no lo firmamos nosotros."""
    try:
        codigo = _firma.unsign(token)
    except BadSignature as error:
        raise Inscripcion.DoesNotExist from error
    return Inscripcion.objects.select_related("capacitacion__centro", "persona").get(codigo=codigo)


def url_absoluta(nombre: str, *args) -> str:
    """La dirección completa de la ruta ``nombre``: lo que va en un correo o un .ics."""
    return settings.URL_DEL_SITIO + reverse(nombre, args=args)
