"""Cambiar lo que uno recibe, pausarlo y pedir el enlace para hacerlo."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from boletines.enlaces import url_preferencias
from boletines.models import Suscriptor
from correo.actions import Destinatario, poner_en_cola
from correo.models import Entrega
from correo.plantillas import componer
from organizacion.models import Centro, Sistema

from .suscripcion import esta_cerrada, hace_poco


class SinConfirmar(Exception):
    """La suscripción no está confirmada o se dio de baja: no hay nada que cambiar."""


@transaction.atomic
def cambiar(
    *, suscriptor: Suscriptor, nombre: str, centro: Centro | None, tipos: Iterable[str], temas: Iterable[Sistema]
) -> Suscriptor:
    """Guarda lo que la persona elige; el consentimiento que dio sigue siendo el mismo. Levanta ``SinConfirmar``."""
    suscriptor = _confirmado(suscriptor)
    suscriptor.nombre, suscriptor.centro = nombre, centro
    suscriptor.poner_tipos(tipos)
    suscriptor.save()
    suscriptor.temas.set(temas)
    return suscriptor


@transaction.atomic
def pausar(*, suscriptor: Suscriptor, dias: int) -> Suscriptor:
    """No recibe nada en ``dias`` días, contando hoy; con cero, termina la pausa. Levanta ``SinConfirmar``.

    Tampoco lo que ya estaba en cola: un masivo puede esperar días su segunda firma.
    """
    suscriptor = _confirmado(suscriptor)
    suscriptor.pausa_hasta = timezone.localdate() + dt.timedelta(days=dias - 1) if dias else None
    suscriptor.save(update_fields=["pausa_hasta"])
    if dias:
        Entrega.objects.masivas_por_salir_a(suscriptor.correo).update(estado=Entrega.Estado.SUPRIMIDA)
    return suscriptor


def _confirmado(suscriptor: Suscriptor) -> Suscriptor:
    suscriptor = Suscriptor.objects.select_for_update().get(pk=suscriptor.pk)
    if suscriptor.estado != Suscriptor.Estado.CONFIRMADO:
        raise SinConfirmar
    return suscriptor


@transaction.atomic
def pedir_enlace(*, correo: str) -> None:
    """Manda el enlace de preferencias si ese correo está suscrito; si no, no hace nada, y nadie nota la diferencia."""
    suscritos = Suscriptor.objects.select_for_update().filter(estado=Suscriptor.Estado.CONFIRMADO)
    suscriptor = suscritos.filter(correo=correo.strip().lower()).first()
    if suscriptor is None or hace_poco(suscriptor.preferencias_pedidas_en) or esta_cerrada(suscriptor.correo):
        return
    suscriptor.preferencias_pedidas_en = timezone.now()
    suscriptor.save(update_fields=["preferencias_pedidas_en"])
    asunto, texto, html = componer("boletines/correo/preferencias", {"url": url_preferencias(suscriptor)})
    poner_en_cola(
        clave=f"preferencias:{suscriptor.pk}:{suscriptor.preferencias_pedidas_en.timestamp()}",
        asunto=asunto,
        texto=texto,
        html=html,
        destinatarios=[Destinatario(suscriptor.correo)],
    )
