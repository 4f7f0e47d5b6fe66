"""Poner correo en la bandeja de salida. Nadie envía directamente: se anota y el cartero reparte (ADR 0003)."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from .models import Entrega, Envio, Supresion
from .tasks import repartir

POR_TANDA = 1000


@dataclass(frozen=True)
class Destinatario:
    """A quién. ``clave`` distingue personas que comparten buzón; en un masivo se deja vacía y vale la dirección."""

    direccion: str
    nombre: str = ""
    clave: str = ""
    url_baja: str = ""


@dataclass(frozen=True)
class Adjunto:
    nombre: str
    tipo: str
    contenido: bytes

    def como_json(self) -> dict:
        return {"nombre": self.nombre, "tipo": self.tipo, "contenido": base64.b64encode(self.contenido).decode()}


@transaction.atomic
def poner_en_cola(
    *,
    clave: str,
    asunto: str,
    texto: str,
    html: str = "",
    destinatarios: Iterable[Destinatario],
    adjuntos: Iterable[Adjunto] = (),
    responder_a: str = "",
    es_masivo: bool = False,
    centro=None,
    por=None,
) -> Envio:
    """Anota un envío y sus entregas, y despierta al cartero al confirmarse la transacción.

    Repetirla con la misma ``clave`` devuelve el envío que ya está y no agrega nada. Un masivo salta las direcciones
    suprimidas y lleva una sola entrega por dirección.
    """
    envio, es_nuevo = Envio.objects.get_or_create(
        clave=clave,
        defaults={
            "asunto": " ".join(asunto.split())[:200],
            "texto": texto,
            "html": html,
            "adjuntos": [adjunto.como_json() for adjunto in adjuntos],
            "responder_a": responder_a,
            "es_masivo": es_masivo,
            "centro": centro,
            "creado_por": por,
        },
    )
    if es_nuevo:
        _anotar_entregas(envio, destinatarios)
        transaction.on_commit(lambda: repartir.enqueue())
    return envio


def _anotar_entregas(envio: Envio, destinatarios: Iterable[Destinatario]) -> None:
    suprimidas = set(Supresion.objects.values_list("direccion", flat=True)) if envio.es_masivo else set()
    tanda = []
    for destinatario in destinatarios:
        direccion = destinatario.direccion.strip().lower()
        if direccion in suprimidas:
            continue
        tanda.append(
            Entrega(
                envio=envio,
                clave=direccion if envio.es_masivo else destinatario.clave or direccion,
                direccion=direccion,
                nombre=" ".join(destinatario.nombre.split()),
                url_baja=destinatario.url_baja,
            )
        )
        if len(tanda) == POR_TANDA:
            Entrega.objects.bulk_create(tanda, ignore_conflicts=True)
            tanda = []
    Entrega.objects.bulk_create(tanda, ignore_conflicts=True)
