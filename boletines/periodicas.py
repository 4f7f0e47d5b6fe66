"""Lo que el ciclo de aportes hace solo, cada minuto (``comun.registros.periodicas``)."""

import datetime as dt

from django.utils import timezone

from comun.registros import periodicas
from organizacion.dias import no_laborables

from . import plazos
from .actions.aporte import recordar
from .actions.edicion import abrir_edicion, por_pedir
from .cierre import motivo_de_cierre
from .models import Aporte, Edicion

# Un pedido o un recordatorio no despierta a nadie.
DESDE, HASTA = dt.time(8), dt.time(20)


def _es_hora() -> bool:
    return DESDE <= timezone.localtime().time() < HASTA


@periodicas.anotar
def pedir_aportes() -> str:
    """Desde el 20 pide los aportes del mes; si el portal estuvo apagado ese día, el día que vuelva (R108, R109)."""
    hoy = timezone.localdate()
    # Apagado hasta la noche del último día, ya no habría otro.
    if hoy < plazos.dia_del_pedido(hoy.year, hoy.month) or timezone.localtime().time() < DESDE:
        return ""
    edicion = Edicion.objects.del_mes(hoy.year, hoy.month).first()
    if (edicion and motivo_de_cierre(edicion)) or not any(faltan.exists() for faltan in por_pedir(edicion)):
        return ""
    edicion = abrir_edicion(anio=hoy.year, mes=hoy.month)
    return f"aportes de {edicion.periodo}: {edicion.aportes.count()}"


@periodicas.anotar
def recordar_aportes() -> str:
    """Dos días hábiles antes del plazo, el mismo día y el siguiente, a quien no entregó."""
    if not _es_hora():
        return ""
    hoy = timezone.localdate()
    cuantos = len([aporte for aporte in _por_recordar(hoy) if recordar(aporte=aporte)])
    return f"{cuantos} recordatorios de aportes" if cuantos else ""


def _por_recordar(hoy) -> list[Aporte]:
    """Los de las ediciones que aún cambian cuyo recordatorio ya llegó y no se mandó."""
    # Del último recordatorio no pasan más de dos semanas, aun con el feriado más largo.
    faltan = Aporte.objects.que_faltan().filter(plazo__range=(hoy - dt.timedelta(14), hoy + dt.timedelta(14)))
    faltan = [a for a in faltan.select_related("edicion", "centro") if _puede_tocarle(a, hoy)]
    cerradas = {edicion.pk for edicion in {aporte.edicion for aporte in faltan} if motivo_de_cierre(edicion)}
    return [a for a in faltan if a.edicion_id not in cerradas and _le_toca(a, hoy)]


def _puede_tocarle(aporte, hoy) -> bool:
    return aporte.recordado_en is None or timezone.localdate(aporte.recordado_en) < hoy


def _le_toca(aporte, hoy) -> bool:
    pedido_el = timezone.localdate(aporte.pedido_en)
    fecha = plazos.recordatorio_que_toca(aporte.plazo, pedido_el, hoy, no_laborables(aporte.centro))
    ultimo = timezone.localdate(aporte.recordado_en) if aporte.recordado_en else None
    return fecha is not None and (ultimo is None or ultimo < fecha)
