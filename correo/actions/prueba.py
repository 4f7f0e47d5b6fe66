"""Mandarse una prueba antes de enviar a muchos."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from correo.models import Envio

from .cola import poner_en_cola
from .entregas import Adjunto, Destinatario


class CuentaSinCorreo(Exception):
    """Se quiso enviar una prueba a una cuenta que no tiene correo; el mensaje se muestra tal cual."""

    def __init__(self):
        super().__init__("Su cuenta no tiene correo: póngalo en «Mi cuenta» y vuelva a probar.")


@transaction.atomic
def probar(
    *,
    de_que: str,
    asunto: str,
    texto: str,
    html: str = "",
    por,
    url_baja: str = "",
    adjuntos: Iterable[Adjunto] = (),
    centro=None,
) -> Envio:
    """Manda el mensaje solo al correo de ``por``, tal como lo recibirá la gente, con «[Prueba]» en el asunto.

    ``de_que`` es la clave de lo que se prueba («boletin:12»); dos pulsaciones en el mismo segundo son una prueba.
    ``url_baja`` llena el enlace de baja: el de la propia persona, o una página cualquiera del sitio. Levanta
    ``CuentaSinCorreo``.
    """
    if not por.email:
        raise CuentaSinCorreo
    return poner_en_cola(
        clave=f"{de_que[:80]}:prueba:{por.pk}:{timezone.now():%Y%m%d%H%M%S}",
        asunto=f"[Prueba] {asunto}",
        texto=texto,
        html=html,
        adjuntos=adjuntos,
        destinatarios=[Destinatario(por.email, nombre=str(por), url_baja=url_baja)],
        centro=centro,
        por=por,
    )
