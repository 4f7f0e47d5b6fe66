"""Poner una edición en la bandeja de salida, o probarla. Repetir el envío no hace daño."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from boletines.enlaces import url_baja
from boletines.mensaje import componer_boletin, revisar
from boletines.models import BoletinPage, Suscriptor
from correo.actions import Destinatario, poner_en_cola, probar
from correo.models import Envio
from correo.revision import impedimentos
from custodia.actions import anotar
from organizacion.models import Centro, Usuario


class BoletinSinPublicar(Exception):
    """Se quiso enviar o remitir una edición que el público aún no puede ver."""


class SinSuscriptores(Exception):
    """No hay a quién enviar la edición."""


class NoPasaLaRevision(Exception):
    """La edición tiene una falla que impide enviarla; el mensaje se muestra tal cual."""


@transaction.atomic
def difundir_nacional(*, boletin: BoletinPage, por: Usuario, request=None) -> Envio:
    """Envía la edición del MEF a los suscriptores que no son de ningún centro (R110).

    Repetirla devuelve el mismo envío. Levanta ``BoletinSinPublicar`` y ``SinSuscriptores``.
    """
    boletin = BoletinPage.objects.select_for_update(of=("self",)).get(pk=boletin.pk)
    if anterior := envio_de(boletin):
        return anterior
    envio = poner_edicion_en_cola(clave=clave_de(boletin), boletin=boletin, centro=None, por=por)
    anotar(accion="difundir boletín", por=por, objeto=boletin, detalle={"envio": envio.pk}, request=request)
    return envio


def poner_edicion_en_cola(*, clave: str, boletin: BoletinPage, centro: Centro | None, por: Usuario) -> Envio:
    """El envío de la edición de ``centro`` (o la nacional) a los suyos.

    Levanta ``BoletinSinPublicar``, ``SinSuscriptores`` o ``NoPasaLaRevision``.
    """
    if not boletin.live:
        raise BoletinSinPublicar
    suscriptores = Suscriptor.objects.de_la_edicion(centro)
    if not suscriptores.exists():
        raise SinSuscriptores
    mensaje = componer_boletin(boletin, centro)
    if faltas := impedimentos(revisar(boletin, mensaje)):
        raise NoPasaLaRevision(" ".join(f"{falta.nombre}: {falta.detalle}" for falta in faltas))
    return poner_en_cola(
        clave=clave,
        asunto=mensaje.asunto,
        texto=mensaje.texto,
        html=mensaje.html,
        destinatarios=_destinatarios(suscriptores),
        es_masivo=True,
        lista=f"boletin-{centro.slug if centro else 'nacional'}",
        dirigido_a=f"Suscriptores de {centro.nombre_completo}" if centro else "Suscriptores sin centro",
        centro=centro,
        por=por,
    )


@transaction.atomic
def probar_boletin(*, boletin: BoletinPage, por: Usuario, centro: Centro | None = None) -> Envio:
    """Manda la edición (la de ``centro``, si se dice) solo al correo de ``por``, tal como llegará a los demás.

    Levanta ``BoletinSinPublicar`` y ``correo.actions.CuentaSinCorreo``.
    """
    if not boletin.live:
        raise BoletinSinPublicar
    mensaje = componer_boletin(boletin, centro)
    suyo = Suscriptor.objects.filter(correo=por.email.lower()).first() if por.email else None
    baja = url_baja(suyo) if suyo else f"{settings.URL_DEL_SITIO}{reverse('boletines:suscribir')}"
    de_que = f"{clave_de(boletin)}:{centro.slug if centro else 'nacional'}"
    return probar(de_que=de_que, **mensaje._asdict(), por=por, url_baja=baja)


def clave_de(boletin: BoletinPage) -> str:
    """La clave que hace irrepetible el envío de la edición nacional."""
    return f"boletin:{boletin.pk}"


def envio_de(boletin: BoletinPage) -> Envio | None:
    """El envío de la edición nacional, si ya se mandó."""
    return Envio.objects.filter(clave=clave_de(boletin)).first()


def _destinatarios(suscriptores) -> Iterator[Destinatario]:
    for suscriptor in suscriptores.iterator(chunk_size=1000):
        yield Destinatario(
            suscriptor.correo,
            nombre=suscriptor.nombre,
            url_baja=url_baja(suscriptor),
            referencia=f"suscriptor:{suscriptor.pk}",
        )
