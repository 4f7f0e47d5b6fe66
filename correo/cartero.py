"""El cartero: toma entregas en arriendo, las envía y anota el resultado (invariante 3, ADR 0003 y 0019).

Cada mensaje se anota antes de intentarlo y apenas se sabe qué pasó (``correo.libro``). Si el proceso muere, lo que
tenía en arriendo vence y otro lo retoma: nada se pierde y se repite, a lo más, el mensaje que estaba en el aire.
"""

import logging
from threading import Event

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction

from . import ritmo
from .apagado import aviso_de_apagado
from .fallas import explicar
from .libro import recuperar_vencidas
from .models import Entrega, Envio
from .reclamo import reclamar
from .reparto import Reparto
from .transporte import transporte_de

registro = logging.getLogger(__name__)

# Cada cuánto mira si se liberó un turno, si pausaron el envío o si le piden terminar.
SEGUNDOS_ENTRE_MIRADAS = 1


def repartir_pendientes() -> int:
    """Envía, lote por lote, lo que toca enviar ya y devuelve cuántas entregas salieron.

    Si el servidor de correo no responde, lo deja todo como estaba: el barrido vuelve a llamar cada minuto. Si se llegó
    al tope por minuto, espera a que se libere un turno, sin nada tomado ni conexión abierta.
    """
    recuperar_vencidas()
    salieron = 0
    conocidos: dict[int, Envio] = {}
    with aviso_de_apagado() as apagar:
        while not apagar.is_set() and Entrega.objects.por_enviar().exists():
            cuantas = ritmo.libres(settings.CORREO_POR_LOTE)
            if not cuantas:
                apagar.wait(SEGUNDOS_ENTRE_MIRADAS)
                continue
            enviadas, sigue = _siguiente_lote(cuantas, conocidos, apagar)
            salieron += enviadas
            if not sigue:
                break
    return salieron


def _siguiente_lote(cuantas: int, conocidos: dict[int, Envio], apagar: Event) -> tuple[int, bool]:
    """Cuántas salieron del lote y si conviene seguir con otro."""
    conexion = _conectar()
    if conexion is None:
        return 0, False
    transporte = transporte_de(conexion)
    try:
        lote = reclamar(cuantas, conocidos)
        reparto = Reparto(lote, transporte, apagar)
        sigue = reparto.hacer()
    finally:
        transporte.cerrar()
    cerrar_terminados({entrega.envio_id for entrega in lote})
    return reparto.enviadas, sigue and bool(lote)


def _conectar():
    """Una conexión abierta, o ``None`` si el servidor no atiende: entonces no se toca ninguna fila."""
    conexion = get_connection()
    try:
        conexion.open()
    except OSError as error:
        registro.warning("El servidor de correo no atiende; la cola espera. %s", explicar(error))
        return None
    return conexion


@transaction.atomic
def cerrar_terminados(envios) -> None:
    """Da por terminado cada envío de ``envios`` (llaves) al que ya no le queda nada por salir."""
    # Primero el bloqueo y después la pregunta: quien reintenta una dudosa toma el mismo bloqueo.
    en_cola = list(Envio.objects.en_cola().filter(pk__in=envios).select_for_update().values_list("pk", flat=True))
    Envio.objects.filter(pk__in=en_cola).sin_pendientes().update(estado=Envio.Estado.TERMINADO)
