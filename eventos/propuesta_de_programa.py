"""Proponer las actividades del programa (Anexo 5) desde las sesiones y los expositores; se editan antes de guardar.

R71: los temas, quién los expone, sus tiempos y el refrigerio.
"""

import datetime as dt
from dataclasses import dataclass

from .models import Capacitacion, Preparativos, Sesion

REGISTRO, APERTURA, ENCUESTA, CLAUSURA, REFRIGERIO, PRUEBA = (dt.timedelta(minutes=m) for m in (15, 10, 10, 10, 15, 15))
SESION_LARGA = dt.timedelta(hours=3)  # desde ella hay un refrigerio a la mitad
MINIMO = dt.timedelta(minutes=10)  # por expositor
DIA = dt.date(2000, 1, 1)


@dataclass(frozen=True)
class _Fija:
    """Una actividad de duración sabida, al empezar o al terminar una sesión."""

    dura: dt.timedelta
    actividad: str
    metodologia: str = ""
    responsable: str = ""


def proponer(capacitacion: Capacitacion) -> list[dict]:
    """Una fila por actividad, en orden y sin cruces; cada una cabe en su sesión."""
    sesiones = list(capacitacion.sesiones.all())
    temas = _repartir(list(capacitacion.expositores.all()), len(sesiones))
    filas = []
    for numero, sesion in enumerate(sesiones):
        alcance = (numero == 0, numero == len(sesiones) - 1)
        filas += _de_una(capacitacion, sesion, temas[numero], *alcance)
    return filas


def _repartir(expositores, cuantas) -> list[list]:
    """Los de cada sesión, seguidos y parejo; con menos expositores que sesiones, el último sigue."""
    if not expositores or not cuantas:
        return [[] for _ in range(cuantas)]
    limites = [round(n * len(expositores) / cuantas) for n in range(cuantas + 1)]
    tramos = zip(limites, limites[1:], strict=False)
    return [expositores[desde:hasta] or [expositores[max(hasta - 1, 0)]] for desde, hasta in tramos]


def _de_una(capacitacion, sesion: Sesion, expositores, es_primera, es_ultima) -> list[dict]:
    antes, despues = _al_empezar(capacitacion, es_primera), _al_terminar(capacitacion, es_ultima)
    desde, hasta = _momento(sesion.hora_inicio), _momento(sesion.hora_fin)
    # En una sesión muy corta manda el tema: lo demás se agrega a mano.
    if hasta - desde < 2 * sum((f.dura for f in antes + despues), dt.timedelta()):
        antes, despues = [], []
    filas = []
    for fija in antes:
        filas.append(_fila(sesion, desde, desde + fija.dura, fija.actividad, fija.metodologia, fija.responsable))
        desde += fija.dura
    cierre = hasta - sum((fija.dura for fija in despues), dt.timedelta())
    es_larga = hasta - _momento(sesion.hora_inicio) >= SESION_LARGA
    filas += _temas(capacitacion, sesion, expositores, desde, cierre, REFRIGERIO if es_larga else None)
    for fija in despues:
        filas.append(_fila(sesion, cierre, cierre + fija.dura, fija.actividad, fija.metodologia, fija.responsable))
        cierre += fija.dura
    return filas


def _al_empezar(capacitacion, es_primera) -> list[_Fija]:
    fijas = [_Fija(REGISTRO, "Registro de participantes", responsable="Asistente Administrativo")]
    if es_primera:
        fijas.append(_Fija(APERTURA, "Presentación del CONECTAMEF y del evento", responsable=_quien(capacitacion)))
        if capacitacion.pruebas.exists():
            fijas.append(_Fija(PRUEBA, "Prueba de entrada", "Cuestionario"))
    return fijas


def _al_terminar(capacitacion, es_ultima) -> list[_Fija]:
    if not es_ultima:
        return []
    fijas = [_Fija(PRUEBA, "Prueba de salida", "Cuestionario")] if capacitacion.pruebas.exists() else []
    if capacitacion.lleva_encuesta:
        fijas.append(_Fija(ENCUESTA, "Encuesta de satisfacción", "Cuestionario anónimo"))
    return [*fijas, _Fija(CLAUSURA, "Clausura", responsable=_quien(capacitacion, "clausura"))]


def _quien(capacitacion, papel="apertura") -> str:
    """A quien se le delegó (R86) o, si a nadie, quien coordina."""
    preparativos = Preparativos.objects.filter(capacitacion=capacitacion).select_related(papel).first()
    delegado = getattr(preparativos, papel, None)
    return str(delegado) if delegado else "Coordinador de Centro"


def _temas(capacitacion, sesion, expositores, desde, hasta, refrigerio) -> list[dict]:
    """El tiempo que queda, por igual entre los expositores, con el refrigerio a la mitad."""
    if hasta <= desde:
        return []
    mitad = _redondear(desde + (hasta - desde) / 2) if refrigerio else None
    tramos = [(desde, mitad), (mitad + refrigerio, hasta)] if mitad else [(desde, hasta)]
    por_tramo = _repartir(expositores or [None], len(tramos))
    filas = []
    for (inicio, fin), quienes in zip(tramos, por_tramo, strict=True):
        if inicio != desde:
            nombre = "Receso" if capacitacion.es_virtual else "Refrigerio"
            filas.append(_fila(sesion, mitad, inicio, nombre))
        filas += _por_igual(capacitacion, sesion, quienes, inicio, fin)
    return filas


def _por_igual(capacitacion, sesion, expositores, desde, hasta) -> list[dict]:
    if (hasta - desde) / len(expositores) < MINIMO:  # no caben uno por uno: se reparten a mano
        return [_fila(sesion, desde, hasta, capacitacion.titulo, "Exposición y casos prácticos")]
    intermedios = [_redondear(desde + (hasta - desde) * n / len(expositores)) for n in range(1, len(expositores))]
    cortes = [desde, *intermedios, hasta]
    filas = []
    for quien, inicio, fin in zip(expositores, cortes, cortes[1:], strict=False):
        tema = (quien.tema if quien else "") or capacitacion.titulo
        filas.append(_fila(sesion, inicio, fin, tema[:200], "Exposición y casos prácticos", str(quien or "")))
    return filas


def _redondear(momento: dt.datetime) -> dt.datetime:
    """Hacia abajo, a cinco minutos."""
    return momento.replace(minute=momento.minute // 5 * 5, second=0, microsecond=0)


def _momento(hora: dt.time) -> dt.datetime:
    return dt.datetime.combine(DIA, hora)


def _fila(sesion, desde, hasta, actividad, metodologia="", responsable="") -> dict:
    return {
        "sesion": sesion,
        "hora_inicio": desde.time(),
        "hora_fin": hasta.time(),
        "actividad": actividad,
        "metodologia": metodologia,
        "responsable": responsable,
    }
