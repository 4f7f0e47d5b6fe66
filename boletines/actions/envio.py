"""Enviar una edición, o probarla. Repetir el envío no hace daño."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from boletines.enlaces import url_baja
from boletines.mensaje import componer_boletin
from boletines.models import BoletinPage, Suscriptor
from correo.actions import Destinatario, poner_en_cola
from correo.models import Envio
from custodia.actions import anotar
from organizacion.models import Usuario


class BoletinSinPublicar(Exception):
    """Se quiso enviar una edición que el público aún no puede ver."""


class CuentaSinCorreo(Exception):
    """Se quiso enviar una prueba a una cuenta que no tiene correo."""


@transaction.atomic
def enviar_boletin(*, boletin: BoletinPage, por: Usuario, request=None) -> Envio:
    """Pone la edición en la bandeja de salida para cada suscriptor confirmado (R110).

    Repetirla devuelve el mismo envío. Levanta ``BoletinSinPublicar`` si la edición es un borrador.
    """
    if not boletin.live:
        raise BoletinSinPublicar
    if anterior := envio_de(boletin):
        return anterior
    asunto, texto, html = componer_boletin(boletin)
    envio = poner_en_cola(
        clave=clave_de(boletin),
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=_destinatarios(),
        es_masivo=True,
        por=por,
    )
    anotar(accion="enviar boletín", por=por, objeto=boletin, detalle={"envio": envio.pk}, request=request)
    return envio


@transaction.atomic
def probar_boletin(*, boletin: BoletinPage, por: Usuario) -> Envio:
    """Manda la edición solo al correo de ``por``, tal como la recibirán los suscriptores."""
    if not boletin.live:
        raise BoletinSinPublicar
    if not por.email:
        raise CuentaSinCorreo
    asunto, texto, html = componer_boletin(boletin)
    suyo = Suscriptor.objects.filter(correo=por.email.lower()).first()
    baja = url_baja(suyo) if suyo else f"{settings.URL_DEL_SITIO}{reverse('boletines:suscribir')}"
    return poner_en_cola(
        clave=f"boletin:{boletin.pk}:prueba:{por.pk}:{timezone.now():%Y%m%d%H%M%S}",
        asunto=f"[Prueba] {asunto}",
        texto=texto,
        html=html,
        destinatarios=[Destinatario(por.email, nombre=str(por), url_baja=baja)],
        por=por,
    )


def clave_de(boletin: BoletinPage) -> str:
    """La clave que hace irrepetible el envío de una edición."""
    return f"boletin:{boletin.pk}"


def envio_de(boletin: BoletinPage) -> Envio | None:
    """El envío de ``boletin``, si ya se mandó."""
    return Envio.objects.filter(clave=clave_de(boletin)).first()


def _destinatarios() -> Iterator[Destinatario]:
    for suscriptor in Suscriptor.objects.confirmados().iterator(chunk_size=1000):
        yield Destinatario(suscriptor.correo, nombre=suscriptor.nombre, url_baja=url_baja(suscriptor))
