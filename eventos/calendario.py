"""Meses y semanas: leerlos de la dirección, recorrerlos y repartir en sus días las capacitaciones."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from .models import Capacitacion

EN_LA_CELDA = 4
_semanas = calendar.Calendar(firstweekday=calendar.MONDAY)
_mes = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_semana = re.compile(r"(20\d\d)-W(\d\d)", re.ASCII)
_dia = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Entrada:
    """Una capacitación en uno de sus días: el ``numero`` de ``dias``, con las sesiones de ese día.

    ``sigue``: la lista ya la mostró en un día anterior.
    """

    capacitacion: Capacitacion
    fecha: dt.date
    sesiones: list
    numero: int
    dias: int
    sigue: bool = False


@dataclass(frozen=True)
class Dia:
    fecha: dt.date
    es_hoy: bool
    entradas: list[Entrada]
    es_del_mes: bool = True

    @property
    def a_la_vista(self):
        """Las que caben en la celda del mes; si solo sobra una, también cabe."""
        return self.entradas if len(self.entradas) <= EN_LA_CELDA + 1 else self.entradas[:EN_LA_CELDA]

    @property
    def sobran(self):
        return len(self.entradas) - len(self.a_la_vista)


def leer_dia(texto: str | None) -> dt.date | None:
    """«2026-11-24»; ``None`` si no es un día entre 2000 y 2099."""
    try:
        return dt.date.fromisoformat(texto) if _dia.fullmatch(texto or "") else None
    except ValueError:
        return None


def leer_mes(texto: str | None) -> dt.date | None:
    """El primer día de «2026-11»; ``None`` si no es un mes entre 2000 y 2099."""
    calza = _mes.fullmatch(texto or "")
    return dt.date(int(calza[1]), int(calza[2]), 1) if calza else None


def leer_semana(texto: str | None) -> dt.date | None:
    """El lunes de «2026-W48» (ISO 8601); ``None`` si esa semana no existe."""
    calza = _semana.fullmatch(texto or "")
    try:
        return dt.date.fromisocalendar(int(calza[1]), int(calza[2]), 1) if calza else None
    except ValueError:
        return None


def codigo_de_semana(fecha: dt.date) -> str:
    """«2026-W48»: la semana ISO de ``fecha``; su año puede no ser el de la fecha."""
    return f"{fecha:%G-W%V}"


def lunes_de(fecha: dt.date) -> dt.date:
    return fecha - dt.timedelta(days=fecha.weekday())


def mes_siguiente(mes: dt.date) -> dt.date:
    return (mes + dt.timedelta(days=31)).replace(day=1)


def mes_anterior(mes: dt.date) -> dt.date:
    return (mes - dt.timedelta(days=1)).replace(day=1)


def ultimo_dia(mes: dt.date) -> dt.date:
    return mes_siguiente(mes) - dt.timedelta(days=1)


def semana_siguiente(lunes: dt.date) -> dt.date:
    return lunes + dt.timedelta(days=7)


def semana_anterior(lunes: dt.date) -> dt.date:
    return lunes - dt.timedelta(days=7)


def entradas_de(capacitacion: Capacitacion, desde: dt.date = dt.date.min) -> list[Entrada]:
    """Una por cada día en que tiene sesión, en orden, de la fecha ``desde`` en adelante."""
    sesiones = sorted(capacitacion.sesiones.all(), key=lambda sesion: (sesion.fecha, sesion.hora_inicio))
    dias = [(fecha, list(grupo)) for fecha, grupo in groupby(sesiones, lambda sesion: sesion.fecha)]
    pasaron = sum(fecha < desde for fecha, _ in dias)
    return [
        Entrada(capacitacion, fecha, suyas, n, len(dias), sigue=n > pasaron + 1)
        for n, (fecha, suyas) in enumerate(dias, start=1)
        if n > pasaron
    ]


def por_dia(capacitaciones: Iterable[Capacitacion]) -> dict[dt.date, list[Entrada]]:
    """Cada capacitación en cada día en que tiene sesión, por hora; los días, en orden."""
    todas = [entrada for capacitacion in capacitaciones for entrada in entradas_de(capacitacion)]
    todas.sort(key=lambda e: (e.fecha, e.sesiones[0].hora_inicio, e.capacitacion.pk))
    return {fecha: list(grupo) for fecha, grupo in groupby(todas, lambda entrada: entrada.fecha)}


def dias_de(entradas: Iterable[Entrada], *, hoy: dt.date) -> list[Dia]:
    """Las entradas, que vienen por fecha, agrupadas por día."""
    return [Dia(fecha, fecha == hoy, list(grupo)) for fecha, grupo in groupby(entradas, lambda e: e.fecha)]


def cuadricula(mes: dt.date, capacitaciones: Iterable[Capacitacion], *, hoy: dt.date) -> list[list[Dia]]:
    """Las semanas de ``mes``, de lunes a domingo; cada capacitación está en cada día en que tiene sesión."""
    entradas = por_dia(capacitaciones)

    def dia(fecha):
        es_del_mes = fecha.month == mes.month
        return Dia(fecha, fecha == hoy, entradas.get(fecha, []) if es_del_mes else [], es_del_mes)

    return [[dia(fecha) for fecha in semana] for semana in _semanas.monthdatescalendar(mes.year, mes.month)]


def dias_de_la_semana(lunes: dt.date, capacitaciones: Iterable[Capacitacion], *, hoy: dt.date) -> list[Dia]:
    """Los siete días desde ``lunes``, con lo de cada uno."""
    entradas = por_dia(capacitaciones)
    fechas = [lunes + dt.timedelta(days=n) for n in range(7)]
    return [Dia(fecha, fecha == hoy, entradas.get(fecha, [])) for fecha in fechas]


def por_mes(capacitaciones: Iterable[Capacitacion]) -> list[tuple[dt.date, list[Capacitacion]]]:
    """Pares (primer día del mes, sus capacitaciones), en el orden en que vienen."""
    return [(mes, list(grupo)) for mes, grupo in groupby(capacitaciones, lambda c: c.fecha_inicio.replace(day=1))]


def por_anio(meses: Iterable[dict]) -> list[tuple[int, list[dict]]]:
    """Pares (año, sus filas de ``Consulta.meses_pasados``), en el orden en que vienen."""
    return [(anio, list(grupo)) for anio, grupo in groupby(meses, lambda fila: fila["primero"].year)]
