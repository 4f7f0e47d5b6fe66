"""El cartero: toma entregas en arriendo, las envía y anota el resultado (invariante 3, ADR 0003).

Cada mensaje se anota antes de intentarlo y apenas se sabe qué pasó. Si el proceso muere, lo que tenía en arriendo
vence y otro lo retoma: nada se pierde y se repite, a lo más, el mensaje que estaba en el aire.
"""

import contextlib
import datetime as dt
import logging

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from .fallas import ERRORES, Falla, clasificar, explicar
from .mensaje import armar, message_id_de
from .models import Entrega, Envio, Supresion

registro = logging.getLogger(__name__)

# Más de lo que tarda un mensaje con EMAIL_TIMEOUT en cada paso de SMTP.
ARRIENDO = dt.timedelta(minutes=5)
ESPERA_INICIAL = dt.timedelta(minutes=1)
ESPERA_MAXIMA = dt.timedelta(hours=6)
# Un servidor que responde «vuelva luego» tantas veces (casi un día) ya no va a recibirlo.
INTENTOS_MAXIMOS = 12
# Desde el segundo intento sin saber si llegó, decide una persona.
INTENTOS_SIN_RESPUESTA = 2


def repartir_pendientes() -> int:
    """Envía, lote por lote, lo que toca enviar ya y devuelve cuántas entregas salieron.

    Si el servidor de correo no responde, lo deja todo como estaba: el barrido vuelve a llamar cada minuto.
    """
    recuperar_vencidas()
    salieron = 0
    while Entrega.objects.por_enviar().exists():
        conexion = _conectar()
        if conexion is None:
            break
        try:
            lote = reclamar()
            enviadas, sigue = _repartir_lote(lote, conexion)
        finally:
            with contextlib.suppress(OSError):
                conexion.close()
        cerrar_terminados({entrega.envio_id for entrega in lote})
        salieron += enviadas
        if not lote or not sigue:
            break
    return salieron


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
def reclamar() -> list[Entrega]:
    """Toma en arriendo el siguiente lote; dos carteros nunca toman la misma entrega."""
    ahora = timezone.now()
    lote = _siguientes(ahora)
    while suprimidas := _suprimidas(lote):
        Entrega.objects.filter(pk__in=suprimidas).update(estado=Entrega.Estado.SUPRIMIDA)
        lote = _siguientes(ahora)
    hasta = ahora + ARRIENDO
    Entrega.objects.filter(pk__in=[e.pk for e in lote]).update(estado=Entrega.Estado.EN_CURSO, arrendada_hasta=hasta)
    for entrega in lote:
        entrega.arrendada_hasta = hasta
    return lote


def _siguientes(ahora) -> list[Entrega]:
    # PostgreSQL salta lo que otro cartero tiene bloqueado; en SQLite la transacción IMMEDIATE ya es el bloqueo.
    # Los avisos personales van antes que los masivos: un boletín no demora una confirmación.
    filas = Entrega.objects.por_enviar(ahora).select_for_update(skip_locked=True, of=("self",))
    return list(filas.order_by("envio__es_masivo", "pk").prefetch_related("envio__centro")[: settings.CORREO_POR_LOTE])


def _suprimidas(lote: list[Entrega]) -> list[int]:
    """Entregas masivas cuya dirección se dio de baja o rebotó después de ponerse en cola."""
    masivas = {e.pk: e.direccion for e in lote if e.envio.es_masivo and not e.es_copia}
    bajas = set(Supresion.objects.filter(direccion__in=masivas.values()).values_list("direccion", flat=True))
    return [pk for pk, direccion in masivas.items() if direccion in bajas]


def _repartir_lote(lote: list[Entrega], conexion) -> tuple[int, bool]:
    """Envía ``lote`` y devuelve cuántas salieron y si conviene seguir con otro."""
    enviadas = 0
    for numero, entrega in enumerate(lote, start=1):
        if not anotar_intento(entrega):
            continue
        try:
            conexion.send_messages([armar(entrega, conexion)])
        except ERRORES as error:
            if anotar_falla(entrega, error) in (Falla.SIN_SALIR, Falla.SIN_RESPUESTA):
                _soltar(lote[numero:])
                return enviadas, False
        else:
            anotar_enviada(entrega)
            enviadas += 1
    return enviadas, True


def _arrendada(entrega: Entrega):
    """La fila de ``entrega`` solo si este cartero todavía la tiene: el vencimiento exacto hace de contraseña."""
    return Entrega.objects.filter(
        pk=entrega.pk, estado=Entrega.Estado.EN_CURSO, arrendada_hasta=entrega.arrendada_hasta
    )


def anotar_intento(entrega: Entrega) -> bool:
    """Cuenta el intento y renueva el arriendo antes de enviar; falso si otro cartero ya la tomó."""
    ahora = timezone.now()
    hasta = ahora + ARRIENDO
    entrega.message_id = entrega.message_id or message_id_de(entrega)
    es_nuestra = (
        _arrendada(entrega)
        .filter(arrendada_hasta__gt=ahora)
        .update(intentos=F("intentos") + 1, message_id=entrega.message_id, arrendada_hasta=hasta)
    )
    entrega.intentos += 1
    entrega.arrendada_hasta = hasta
    return bool(es_nuestra)


def anotar_enviada(entrega: Entrega) -> None:
    # Sin mirar el arriendo: haya pasado lo que haya pasado con la fila, el mensaje ya salió.
    Entrega.objects.filter(pk=entrega.pk).update(
        estado=Entrega.Estado.ENVIADA, enviada_en=timezone.now(), arrendada_hasta=None, error=""
    )


def anotar_falla(entrega: Entrega, error: Exception) -> Falla:
    """Deja la entrega en el estado que toca según ``error`` y dice qué clase de falla fue."""
    falla = clasificar(error)
    se_agoto = falla is Falla.PASAJERA and entrega.intentos >= INTENTOS_MAXIMOS
    estado = Entrega.Estado.PENDIENTE
    if falla is Falla.DEFINITIVA or se_agoto:
        estado = Entrega.Estado.FALLIDA
    elif falla is Falla.SIN_RESPUESTA and entrega.intentos >= INTENTOS_SIN_RESPUESTA:
        estado = Entrega.Estado.DUDOSA
    vuelve = estado == Entrega.Estado.PENDIENTE
    _arrendada(entrega).update(
        estado=estado,
        siguiente_intento_en=timezone.now() + espera_tras(entrega.intentos) if vuelve else None,
        arrendada_hasta=None,
        error=explicar(error),
    )
    return falla


def espera_tras(intentos: int) -> dt.timedelta:
    """1, 2, 4, 8… minutos, hasta seis horas."""
    return min(ESPERA_INICIAL * 2 ** min(intentos - 1, 16), ESPERA_MAXIMA)


def _soltar(lote: list[Entrega]) -> None:
    """Devuelve a la cola lo que este cartero tomó y no llegó a intentar."""
    for entrega in lote:
        _arrendada(entrega).update(estado=Entrega.Estado.PENDIENTE, arrendada_hasta=None)


def recuperar_vencidas() -> int:
    """Devuelve a la cola lo que un cartero muerto tenía; desde el segundo intento queda dudosa. Dice cuántas eran."""
    vencidas = Entrega.objects.vencidas()
    dudosas = vencidas.filter(intentos__gte=INTENTOS_SIN_RESPUESTA).update(
        estado=Entrega.Estado.DUDOSA, arrendada_hasta=None, error="El envío se interrumpió y no se sabe si llegó."
    )
    return dudosas + vencidas.update(estado=Entrega.Estado.PENDIENTE, arrendada_hasta=None)


@transaction.atomic
def cerrar_terminados(envios) -> None:
    """Da por terminado cada envío de ``envios`` (llaves) al que ya no le queda nada por salir."""
    # Primero el bloqueo y después la pregunta: quien reintenta una dudosa toma el mismo bloqueo.
    en_cola = list(Envio.objects.en_cola().filter(pk__in=envios).select_for_update().values_list("pk", flat=True))
    Envio.objects.filter(pk__in=en_cola).sin_pendientes().update(estado=Envio.Estado.TERMINADO)
