"""Qué día le toca en otro mes a lo que se dictó en uno: «el segundo martes» sigue siendo el segundo martes."""

import calendar
import datetime as dt
from collections.abc import Container, Sequence

from comun.plazos import UN_DIA, es_habil, siguiente_habil

from .calendario import ultimo_dia


def fecha_equivalente(fecha: dt.date, mes: dt.date, no_laborables: Container = ()) -> dt.date:
    """El mismo día de la semana y el mismo ordinal en ``mes`` (su primer día); si no hay quinto, el último.

    Si no es hábil, el hábil que le sigue dentro del mes; si no queda ninguno, el que lo antecede.
    """
    ordinal = (fecha.day - 1) // 7
    dias = [s[fecha.weekday()] for s in calendar.monthcalendar(mes.year, mes.month) if s[fecha.weekday()]]
    igual = mes.replace(day=dias[min(ordinal, len(dias) - 1)])
    despues = siguiente_habil(igual, no_laborables)
    if despues <= ultimo_dia(mes):
        return despues
    while not es_habil(igual, no_laborables):
        igual -= UN_DIA
    return igual


def fechas_desde(primera: dt.date, fechas: Sequence[dt.date], no_laborables: Container = ()) -> list[dt.date]:
    """``fechas`` (en orden, sin repetir) corridas para que la primera sea ``primera``.

    Las demás guardan su distancia, pasan al hábil que sigue y nunca se juntan ni se adelantan.
    """
    corridas = [primera]
    for fecha in fechas[1:]:
        candidata = max(primera + (fecha - fechas[0]), corridas[-1] + UN_DIA)
        corridas.append(siguiente_habil(candidata, no_laborables))
    return corridas
