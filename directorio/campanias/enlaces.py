"""El enlace propio de cada pedido: firmado, de un solo uso y con fecha."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from directorio.models import Pedido

_firma = Signer(salt="directorio.pedido", sep=".")


def token_de(pedido: Pedido) -> str:
    return _firma.sign(pedido.clave)


def url_de(pedido: Pedido) -> str:
    return settings.URL_DEL_SITIO + reverse("directorio:actualizar", args=[token_de(pedido)])


def pedido_de(token: str) -> Pedido:
    """El del ``token``; levanta ``Pedido.DoesNotExist``, sin tocar la base, si no lo firmamos nosotros."""
    try:
        clave = _firma.unsign(token)
    except BadSignature as error:
        raise Pedido.DoesNotExist from error
    filas = Pedido.objects.select_related("campania", "centro", "entidad__distrito__provincia", "operador", "aviso")
    return filas.get(clave=clave)
