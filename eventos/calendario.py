"""El mes como cuadrícula de semanas, y las listas agrupadas por mes."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .models import Capacitacion

_semanas = calendar.Calendar(firstweekday=calendar.MONDAY)
_mes = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True)
class Dia:
    fecha: dt.date
    es_del_mes: bool
    es_hoy: bool
    capacitaciones: list[Capacitacion]


def leer_mes(texto: str) -> dt.date | None:
    """El primer día de «2026-11»; ``None`` si no es un mes entre 2000 y 2099."""
    calza = _mes.fullmatch(texto or "")
    return dt.date(int(calza[1]), int(calza[2]), 1) if calza else None


def mes_siguiente(mes: dt.date) -> dt.date:
    return (mes + dt.timedelta(days=31)).replace(day=1)


def mes_anterior(mes: dt.date) -> dt.date:
    return (mes - dt.timedelta(days=1)).replace(day=1)


def ultimo_dia(mes: dt.date) -> dt.date:
    return mes_siguiente(mes) - dt.timedelta(days=1)


def cuadricula(mes: dt.date, capacitaciones: Iterable[Capacitacion], *, hoy: dt.date) -> list[list[Dia]]:
    """Las semanas de ``mes``, de lunes a domingo; cada capacitación está en cada día en que tiene sesión."""
    por_dia: dict[dt.date, list[Capacitacion]] = {}
    for capacitacion in capacitaciones:
        for fecha in sorted({sesion.fecha for sesion in capacitacion.sesiones.all()}):
            por_dia.setdefault(fecha, []).append(capacitacion)
    return [
        [
            Dia(
                fecha=fecha,
                es_del_mes=fecha.month == mes.month,
                es_hoy=fecha == hoy,
                capacitaciones=por_dia.get(fecha, []) if fecha.month == mes.month else [],
            )
            for fecha in semana
        ]
        for semana in _semanas.monthdatescalendar(mes.year, mes.month)
    ]


def por_mes(capacitaciones: Iterable[Capacitacion]) -> list[tuple[dt.date, list[Capacitacion]]]:
    """Pares (primer día del mes, sus capacitaciones), en el orden en que vienen."""
    return [(mes, list(grupo)) for mes, grupo in groupby(capacitaciones, lambda c: c.fecha_inicio.replace(day=1))]
