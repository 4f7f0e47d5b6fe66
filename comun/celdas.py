"""Leer lo que la gente escribe en una celda: fechas, horas y números, vengan como vengan.

Cada función levanta ``ValueError`` con el motivo en palabras, listo para mostrarse.
"""

import datetime as dt
import re

from comun.texto import normalizar

_ABREVIADOS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic")
_NUMERO_DE_MES = {mes: numero for numero, mes in enumerate(_ABREVIADOS, start=1)} | {"sep": 9}
_fecha = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", re.ASCII)
_fecha_iso = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ t]00:00(?::00)?)?", re.ASCII)
_fecha_en_palabras = re.compile(r"(?:[a-z]+\.?,? )?(\d{1,2})(?: de)? ([a-z]+)\.?(?: (?:de|del) | )(\d{4})", re.ASCII)
_hora = re.compile(r"(\d{1,2})(?:[:.h ](\d{2}))?(?::\d{2})? ?(?:hrs?|h)?\.?(?: ?([ap])\.? ?m\.?)?", re.ASCII)
_hora_pegada = re.compile(r"(\d{1,2})(\d{2})", re.ASCII)
DIA_CERO = dt.date(1899, 12, 30)  # el día 0 de las hojas de cálculo
MALA_FECHA = "No se entiende la fecha «{}»: escríbala como 7/12/2026."
MALA_HORA = "No se entiende la hora «{}»: escríbala como 9:00 o 14:30."


def leer_texto(valor) -> str:
    """El valor como texto en una línea; «12.0» de Excel es «12»."""
    if valor is None:
        return ""
    if isinstance(valor, float) and valor.is_integer():
        valor = int(valor)
    return " ".join(str(valor).split())


def leer_fecha(valor) -> dt.date:
    """Una fecha de Excel, su número de serie, «7/12/2026» (día y mes), «2026-12-07» o «7 de diciembre de 2026»."""
    if isinstance(valor, dt.datetime):
        return valor.date()
    if isinstance(valor, dt.date):
        return valor
    try:
        if isinstance(valor, int | float) and not isinstance(valor, bool):
            return DIA_CERO + dt.timedelta(days=int(valor))
        return _fecha_escrita(normalizar(leer_texto(valor)))
    except (ValueError, OverflowError) as error:
        raise ValueError(MALA_FECHA.format(leer_texto(valor)[:40])) from error


def _fecha_escrita(texto: str) -> dt.date:
    if calza := _fecha.fullmatch(texto):
        dia, mes, anio = (int(parte) for parte in calza.groups())
        return dt.date(anio + 2000 if anio < 100 else anio, mes, dia)
    if calza := _fecha_iso.fullmatch(texto):
        return dt.date(*(int(parte) for parte in calza.groups()))
    calza = _fecha_en_palabras.fullmatch(texto)
    if not calza or calza[2][:3] not in _NUMERO_DE_MES:
        raise ValueError(texto)
    return dt.date(int(calza[3]), _NUMERO_DE_MES[calza[2][:3]], int(calza[1]))


def leer_hora(valor) -> dt.time:
    """Una hora de Excel, su fracción de día, «9», «930», «9:30», «14h30» o «2:30 p. m.»."""
    if isinstance(valor, dt.datetime):
        valor = valor.time()
    if isinstance(valor, dt.time):
        return valor.replace(second=0, microsecond=0)
    if isinstance(valor, dt.timedelta):
        valor = valor / dt.timedelta(days=1)
    try:
        if isinstance(valor, float) and 0 <= valor < 1:
            minutos = round(valor * 24 * 60)
            return dt.time(minutos // 60, minutos % 60)
        return _hora_escrita(normalizar(leer_texto(valor)))
    except ValueError as error:
        raise ValueError(MALA_HORA.format(leer_texto(valor)[:40])) from error


def _hora_escrita(texto: str) -> dt.time:
    calza = _hora.fullmatch(texto)
    if not calza:
        pegada = _hora_pegada.fullmatch(texto)
        if not pegada:
            raise ValueError(texto)
        return dt.time(int(pegada[1]), int(pegada[2]))
    hora, minuto, mitad = int(calza[1]), int(calza[2] or 0), calza[3]
    if mitad and not 1 <= hora <= 12:
        raise ValueError(texto)
    if mitad:
        hora = hora % 12 + (12 if mitad == "p" else 0)
    return dt.time(hora, minuto)


def leer_entero(valor, minimo: int, maximo: int) -> int:
    texto = leer_texto(valor)
    if not (texto.isascii() and texto.isdecimal() and len(texto) < 10 and minimo <= int(texto) <= maximo):
        raise ValueError(f"Escriba un número entero de {minimo} a {maximo:,}; dice «{texto[:40]}».")
    return int(texto)
