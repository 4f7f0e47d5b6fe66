"""Los días del ciclo mensual de aportes (R108–R110). Todos se cuentan con los no laborables que se den."""

import datetime as dt
from collections.abc import Container

from comun.plazos import UN_DIA, enesimo_habil, habiles_antes, siguiente_habil, ultimo_habil_del_mes

DIA_DEL_PEDIDO = 20
DIA_DE_LOS_CENTROS = 25
HABILES_DE_LA_PRIMERA_SEMANA = 5


def dia_del_pedido(anio: int, mes: int) -> dt.date:
    """El 20, que no se corre: R108 solo corre la respuesta."""
    return dt.date(anio, mes, DIA_DEL_PEDIDO)


def plazo_de_centro(anio: int, mes: int, no_laborables: Container = ()) -> dt.date:
    """El 25 o, si no se trabaja, el día hábil posterior (R108)."""
    return siguiente_habil(dt.date(anio, mes, DIA_DE_LOS_CENTROS), no_laborables)


def plazo_de_sistema(anio: int, mes: int, no_laborables: Container = ()) -> dt.date:
    """El último día hábil del mes (R109)."""
    return ultimo_habil_del_mes(anio, mes, no_laborables)


def comienzo_del_armado(anio: int, mes: int, no_laborables: Container = ()) -> dt.date:
    """El primer día hábil del mes que sigue al de la edición."""
    return enesimo_habil(*_mes_siguiente(anio, mes), 1, no_laborables)


def plazo_del_armado(anio: int, mes: int, no_laborables: Container = ()) -> dt.date:
    """«Primera semana» del mes siguiente: hasta su quinto día hábil (R110)."""
    return enesimo_habil(*_mes_siguiente(anio, mes), HABILES_DE_LA_PRIMERA_SEMANA, no_laborables)


def plazo_al_pedir(plazo: dt.date, hoy: dt.date, no_laborables: Container = ()) -> dt.date:
    """``plazo`` o, si se pide cuando ya pasó, el día hábil siguiente al del pedido: nadie nace atrasado."""
    return plazo if plazo >= hoy else siguiente_habil(hoy + UN_DIA, no_laborables)


def recordatorios(plazo: dt.date, no_laborables: Container = ()) -> tuple[dt.date, dt.date, dt.date]:
    """Dos días hábiles antes, el mismo día y el día hábil siguiente."""
    return habiles_antes(plazo, 2, no_laborables), plazo, siguiente_habil(plazo + UN_DIA, no_laborables)


def recordatorio_que_toca(
    plazo: dt.date, pedido_el: dt.date, hoy: dt.date, no_laborables: Container = ()
) -> dt.date | None:
    """El último de los tres que ya llegó, si es posterior al pedido: los anteriores no se mandan de golpe."""
    llegados = [fecha for fecha in recordatorios(plazo, no_laborables) if pedido_el < fecha <= hoy]
    return max(llegados, default=None)


def _mes_siguiente(anio, mes):
    return anio + mes // 12, mes % 12 + 1
