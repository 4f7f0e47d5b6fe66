"""Aritmética de días y horas hábiles del Perú (invariante 5).

Un día es hábil si no es sábado, domingo ni está en ``no_laborables``: cualquier colección que sepa decir si una fecha
está en ella. La de un centro la da ``organizacion.dias.no_laborables``.
"""

import calendar
import datetime as dt
from collections.abc import Container

from django.utils import timezone

ABRE, CIERRA = dt.time(8), dt.time(18)
UN_DIA = dt.timedelta(days=1)
SABADO = 5


def es_habil(fecha: dt.date, no_laborables: Container = ()) -> bool:
    return fecha.weekday() < SABADO and fecha not in no_laborables


def siguiente_habil(fecha: dt.date, no_laborables: Container = ()) -> dt.date:
    """``fecha`` si es hábil; si no, el primer día hábil que la sigue."""
    while not es_habil(fecha, no_laborables):
        fecha += UN_DIA
    return fecha


def anterior_habil(fecha: dt.date, no_laborables: Container = ()) -> dt.date:
    """``fecha`` si es hábil; si no, el último día hábil que la precede."""
    while not es_habil(fecha, no_laborables):
        fecha -= UN_DIA
    return fecha


def habiles_despues(plazo: dt.date, fecha: dt.date, no_laborables: Container = ()) -> int:
    """Cuántos días hábiles hay después de ``plazo`` y hasta ``fecha``, incluida: con cuánto atraso llega algo."""
    dias = (plazo + dt.timedelta(days=n) for n in range(1, (fecha - plazo).days + 1))
    return sum(es_habil(dia, no_laborables) for dia in dias)


def enesimo_habil(anio: int, mes: int, numero: int, no_laborables: Container = ()) -> dt.date:
    """El día hábil número ``numero`` (desde 1) contado desde el primero del mes; puede caer en el mes siguiente."""
    fecha = siguiente_habil(dt.date(anio, mes, 1), no_laborables)
    for _ in range(numero - 1):
        fecha = siguiente_habil(fecha + UN_DIA, no_laborables)
    return fecha


def ultimo_habil_del_mes(anio: int, mes: int, no_laborables: Container = ()) -> dt.date:
    return anterior_habil(dt.date(anio + mes // 12, mes % 12 + 1, 1) - UN_DIA, no_laborables)


def habiles_entre(desde: dt.date, hasta: dt.date, no_laborables: Container = ()) -> int:
    """Cuántos días hábiles hay desde el siguiente a ``desde`` hasta ``hasta`` incluido; 0 si no es posterior."""
    dias = range(1, (hasta - desde).days + 1)
    return sum(es_habil(desde + dt.timedelta(days=n), no_laborables) for n in dias)


def habiles_antes(fecha: dt.date, cuantos: int, no_laborables: Container = ()) -> dt.date:
    """El día hábil que queda ``cuantos`` días hábiles antes de ``fecha``; el de la víspera es uno."""
    for _ in range(cuantos):
        fecha -= UN_DIA
        while not es_habil(fecha, no_laborables):
            fecha -= UN_DIA
    return fecha


def sumar_horas_habiles(desde: dt.datetime, horas: dt.timedelta, no_laborables: Container = ()) -> dt.datetime:
    """El momento, en hora de Lima, en que se cumplen ``horas`` contadas de 8:00 a. m. a 6:00 p. m. en días hábiles.

    Fuera de esas horas el reloj no corre: lo que empieza un sábado empieza el lunes a las 8:00 a. m. Diez horas son un
    día hábil.
    """
    momento = _dentro_de_horas(timezone.localtime(desde), no_laborables)
    while (queda := _a_las(momento.date(), CIERRA) - momento) < horas:
        horas -= queda
        momento = _a_las(siguiente_habil(momento.date() + UN_DIA, no_laborables), ABRE)
    return momento + horas


def _dentro_de_horas(momento, no_laborables):
    """``momento`` si el reloj corre en él; si no, la apertura que lo sigue."""
    dia = momento.date()
    if momento > _a_las(dia, CIERRA):
        dia += UN_DIA
    return max(momento, _a_las(siguiente_habil(dia, no_laborables), ABRE))


def _a_las(dia, hora):
    return timezone.make_aware(dt.datetime.combine(dia, hora))


def hace_meses(fecha: dt.date, meses: int) -> dt.date:
    """El mismo día ``meses`` meses antes; si ese mes es más corto, su último día."""
    anio, mes = divmod(fecha.year * 12 + fecha.month - 1 - meses, 12)
    return dt.date(anio, mes + 1, min(fecha.day, calendar.monthrange(anio, mes + 1)[1]))
