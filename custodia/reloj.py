"""El reloj de las solicitudes: días hábiles de todo el país, o del centro donde se presentó."""

import datetime as dt

from django.utils import timezone

from comun.plazos import UN_DIA, habiles_entre, siguiente_habil
from organizacion.dias import no_laborables

from .models import SolicitudDeDerechos

POR_VENCER = 3  # días hábiles


def sumar_habiles(fecha: dt.date, cuantos: int, centro=None) -> dt.date:
    """El día hábil que cae ``cuantos`` días hábiles después de ``fecha``; el día en que llega no cuenta."""
    no = no_laborables(centro)
    for _ in range(cuantos):
        fecha = siguiente_habil(fecha + UN_DIA, no)
    return fecha


def dias_que_faltan(solicitud: SolicitudDeDerechos, hoy: dt.date | None = None) -> int:
    """Días hábiles hasta que vence; en pausa, los que faltaban; negativo si ya venció."""
    if solicitud.pausada_el:
        return solicitud.dias_que_faltaban
    hoy, no = hoy or timezone.localdate(), no_laborables(solicitud.centro)
    if solicitud.vence_el < hoy:
        return -habiles_entre(solicitud.vence_el, hoy, no)
    return habiles_entre(hoy, solicitud.vence_el, no)


def semaforo(solicitud: SolicitudDeDerechos, hoy: dt.date | None = None) -> str:
    """«cerrada», «en-pausa», «vencida», «por-vencer» o «en-plazo»: la clase con que se pinta."""
    if not solicitud.esta_abierta:
        return "cerrada"
    if solicitud.pausada_el:
        return "en-pausa"
    if solicitud.vence_el < (hoy or timezone.localdate()):
        return "vencida"
    return "por-vencer" if dias_que_faltan(solicitud, hoy) <= POR_VENCER else "en-plazo"
