"""El libro del cartero: cada intento se anota antes de hacerlo y su resultado apenas se sabe (ADR 0003, ADR 0019)."""

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from . import freno
from .cabeceras import message_id_de
from .fallas import Falla, clasificar, explicar
from .models import Entrega

ESPERA_INICIAL = dt.timedelta(minutes=1)
ESPERA_MAXIMA = dt.timedelta(hours=6)
# Un servidor que responde «vuelva luego» tantas veces (casi un día) ya no va a recibirlo.
INTENTOS_MAXIMOS = 12
# Desde el segundo intento sin saber si llegó, decide una persona.
INTENTOS_SIN_RESPUESTA = 2

# Una sola escritura por mensaje: anota que el anterior salió y cuenta el intento del que sigue. Es SQL porque el ORM
# tarda más en componerla que la base en hacerla. Lo que rebotó mientras tanto sigue rebotado. El que sigue se cuenta
# solo si el arriendo (su vencimiento exacto es la contraseña) es de este cartero y nadie pausó ni canceló su envío.
_ANOTAR = """
    UPDATE correo_entrega SET
        estado = CASE WHEN id = %(salio)s AND estado <> 'rebotada' THEN 'enviada' ELSE estado END,
        enviada_en = CASE WHEN id = %(salio)s THEN %(ahora)s ELSE enviada_en END,
        error = CASE WHEN id = %(salio)s THEN '' ELSE error END,
        id_de_proveedor = CASE WHEN id = %(salio)s THEN %(proveedor)s ELSE id_de_proveedor END,
        arrendada_hasta = CASE WHEN id = %(salio)s THEN NULL ELSE %(hasta)s END,
        intentos = CASE WHEN id = %(salio)s THEN intentos ELSE intentos + 1 END,
        message_id = CASE WHEN id = %(salio)s THEN message_id ELSE %(message_id)s END
    WHERE id IN (%(salio)s, %(sigue)s) AND (id = %(salio)s OR (
        estado = 'en_curso' AND arrendada_hasta = %(arriendo)s AND arrendada_hasta > %(ahora)s
        AND EXISTS (SELECT 1 FROM correo_envio WHERE correo_envio.id = envio_id AND correo_envio.estado = 'en_cola')
    ))
"""
NINGUNA = 0


def arriendo() -> dt.timedelta:
    """Cuánto tiene un cartero lo que tomó."""
    return dt.timedelta(seconds=settings.CORREO_ARRIENDO)


def anotar_intento(entrega: Entrega, salio: Entrega | None = None) -> bool:
    """Cuenta el intento y renueva el arriendo antes de enviar; de paso anota que ``salio`` ya salió.

    Falso si no hay que enviarla: otro cartero la tomó, o alguien pausó o canceló su envío. ``salio`` se anota igual.
    """
    ahora = timezone.now()
    hasta = ahora + arriendo()
    entrega.message_id = entrega.message_id or message_id_de(entrega)
    momento = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(
            _ANOTAR,
            {
                "salio": salio.pk if salio else NINGUNA,
                "proveedor": salio.id_de_proveedor if salio else "",
                "sigue": entrega.pk,
                "message_id": entrega.message_id,
                "arriendo": momento(entrega.arrendada_hasta),
                "ahora": momento(ahora),
                "hasta": momento(hasta),
            },
        )
        # Si a ``salio`` la borraron falta una fila y esta se deja pasar: su arriendo vence y vuelve a la cola.
        es_nuestra = cursor.rowcount == (2 if salio else 1)
    if es_nuestra:
        entrega.intentos += 1
        entrega.arrendada_hasta = hasta
    return es_nuestra


def anotar_enviada(entrega: Entrega) -> None:
    # Sin mirar el arriendo: haya pasado lo que haya pasado con la fila, el mensaje ya salió.
    Entrega.objects.filter(pk=entrega.pk).exclude(estado=Entrega.Estado.REBOTADA).update(
        estado=Entrega.Estado.ENVIADA,
        enviada_en=timezone.now(),
        arrendada_hasta=None,
        error="",
        id_de_proveedor=entrega.id_de_proveedor,
    )


@transaction.atomic
def anotar_falla(entrega: Entrega, error: Exception) -> Falla:
    """Deja la entrega en el estado que toca según ``error`` y dice qué clase de falla fue."""
    falla = clasificar(error)
    if falla is not Falla.SIN_SALIR:
        freno.contar_falla(entrega.envio, error)
    estado = _estado_tras(falla, entrega.intentos)
    vuelve = estado == Entrega.Estado.PENDIENTE
    arrendadas([entrega]).update(
        estado=estado,
        siguiente_intento_en=timezone.now() + espera_tras(entrega.intentos) if vuelve else None,
        arrendada_hasta=None,
        error=explicar(error),
    )
    return falla


def _estado_tras(falla: Falla, intentos: int) -> str:
    se_agoto = falla is Falla.PASAJERA and intentos >= INTENTOS_MAXIMOS
    if falla is Falla.DEFINITIVA or se_agoto:
        return Entrega.Estado.FALLIDA
    if falla is Falla.SIN_RESPUESTA and intentos >= INTENTOS_SIN_RESPUESTA:
        return Entrega.Estado.DUDOSA
    return Entrega.Estado.PENDIENTE


def espera_tras(intentos: int) -> dt.timedelta:
    """1, 2, 4, 8… minutos, hasta seis horas."""
    return min(ESPERA_INICIAL * 2 ** min(intentos - 1, 16), ESPERA_MAXIMA)


def arrendadas(lote: list[Entrega]):
    """Las filas de ``lote``, del mismo arriendo, que este cartero todavía tiene."""
    hasta = {entrega.arrendada_hasta for entrega in lote}
    return Entrega.objects.filter(
        pk__in=[e.pk for e in lote], estado=Entrega.Estado.EN_CURSO, arrendada_hasta__in=hasta
    )


def soltar(lote: list[Entrega]) -> None:
    """Devuelve a la cola lo que este cartero tomó y no llegó a intentar."""
    if lote:
        arrendadas(lote).update(estado=Entrega.Estado.PENDIENTE, arrendada_hasta=None)


def recuperar_vencidas() -> int:
    """Devuelve a la cola lo que un cartero muerto tenía; desde el segundo intento queda dudosa. Dice cuántas eran."""
    vencidas = Entrega.objects.vencidas()
    dudosas = vencidas.filter(intentos__gte=INTENTOS_SIN_RESPUESTA).update(
        estado=Entrega.Estado.DUDOSA, arrendada_hasta=None, error="El envío se interrumpió y no se sabe si llegó."
    )
    return dudosas + vencidas.update(estado=Entrega.Estado.PENDIENTE, arrendada_hasta=None)
