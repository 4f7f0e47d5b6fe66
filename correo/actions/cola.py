"""Poner correo en la bandeja de salida. Nadie envía directamente: se anota y el cartero reparte (ADR 0003)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from correo.espera import espera_de
from correo.models import Envio
from custodia.actions import anotar
from organizacion.models import AjustesPortal

from .entregas import Adjunto, Destinatario, anotar_entregas
from .timbre import despertar_al_cartero


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
    a_muchos: bool = False,
    copias: Iterable[Destinatario] = (),
    lista: str = "",
    dirigido_a: str = "",
    sin_espera: bool = False,
    urgencia: str = "",
    centro=None,
    por=None,
) -> Envio:
    """Anota un envío y sus entregas, y despierta al cartero al confirmarse la transacción.

    Repetirla con la misma ``clave`` devuelve el envío que ya está y no agrega nada. Un masivo salta las direcciones
    suprimidas y lleva una sola entrega por dirección; ``lista`` es su List-Id y ``copias``, una por persona y envío
    (R111, R112). Un masivo espera la segunda firma si pasa del tope, y después un reposo en el que se puede cancelar;
    ``sin_espera`` lo exime por su clase (un correo informativo a la lista de un centro) y ``urgencia``, por el motivo
    que da, que queda en la huella. ``a_muchos``: un personal, con un enlace propio por persona, que a más del tope
    también espera la segunda firma y el reposo.
    """
    urgencia = " ".join(urgencia.split())[:255]
    envio, es_nuevo = Envio.objects.get_or_create(
        clave=clave,
        defaults={
            "asunto": " ".join(asunto.split())[:200],
            "texto": texto,
            "html": html,
            "adjuntos": [adjunto.como_json() for adjunto in adjuntos],
            "responder_a": responder_a,
            "es_masivo": es_masivo,
            "lista": lista,
            "dirigido_a": dirigido_a[:300],
            "urgencia": urgencia,
            "centro": centro,
            "creado_por": por,
        },
    )
    if es_nuevo:
        anotar_entregas(envio, destinatarios)
        anotar_entregas(envio, copias, son_copias=True)
        if es_masivo or a_muchos:
            _hacer_esperar(envio, exento=sin_espera or bool(urgencia))
        if urgencia:
            anotar(accion="enviar con urgencia", por=por, objeto=envio, motivo=urgencia)
        despertar_al_cartero()
    return envio


def _hacer_esperar(envio: Envio, *, exento: bool) -> None:
    cuantos = envio.entregas.filter(es_copia=False).count()
    envio.estado, envio.sale_en = espera_de(cuantos, AjustesPortal.load(), exento=exento, en=timezone.now())
    envio.save(update_fields=["estado", "sale_en"])
