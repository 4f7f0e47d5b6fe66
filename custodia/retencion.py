"""Correr la retención: cada regla retira lo que ya cumplió su plazo (``custodia.finalidades.PLAZOS``)."""

import datetime as dt
import logging
import time
from dataclasses import replace

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from comun.indice import olvidar_palabras
from comun.plazos import hace_meses
from comun.registros import retenciones
from comun.retencion import LOTE, Regla, aplicar

from .actions import anotar
from .finalidades import PLAZOS, TRATAMIENTOS, Plazo
from .models import AjustesPrivacidad, CorridaDeRetencion

registro = logging.getLogger(__name__)

CADA = dt.timedelta(hours=24)


class ReglasIncompletas(Exception):
    """Un plazo prometido no tiene quien lo cumpla, o al revés."""


class YaSeCorre(Exception):
    """Otro proceso la está aplicando; el texto se muestra."""


class ConFallas(Exception):
    """Alguna regla no se pudo cumplir; las demás sí, y consta en ``corrida``."""

    def __init__(self, corrida: CorridaDeRetencion):
        super().__init__("; ".join(corrida.fallas))
        self.corrida = corrida


def reglas() -> list[Regla]:
    """En el orden del registro de plazos; exige que cada plazo declarado tenga la suya."""
    por_clave = {regla.clave: regla for regla in retenciones}
    if por_clave.keys() != PLAZOS.keys():
        raise ReglasIncompletas(f"No casan: {', '.join(sorted(por_clave.keys() ^ PLAZOS.keys()))}.")
    return [por_clave[clave] for clave in PLAZOS]


def limite_de(plazo: Plazo, hoy: dt.date | None = None) -> dt.datetime:
    """Lo anterior a este momento ya venció."""
    hoy = hoy or timezone.localdate()
    fecha = hoy - dt.timedelta(days=plazo.dias) if plazo.dias else hace_meses(hoy, plazo.meses)
    return timezone.make_aware(dt.datetime.combine(fecha, dt.time.min))


def correr(*, ensayo: bool, por=None, hoy: dt.date | None = None, lote: int = LOTE) -> CorridaDeRetencion:
    """Aplica todas las reglas, o solo cuenta si es un ensayo.

    El informe se escribe al empezar y con cada lote: lo retirado consta aunque el proceso muera. Una regla que falla no
    detiene a las demás; al final levanta ``ConFallas``. Levanta ``YaSeCorre`` si otra está aplicándolas.
    """
    comienzo, por_cumplir = time.monotonic(), reglas()
    corrida = _empezar(ensayo, por)
    for regla in por_cumplir:
        _cumplir(regla, corrida, limite_de(PLAZOS[regla.clave], hoy), lote)
    if not ensayo:
        olvidar_palabras(connection)
    corrida.segundos, corrida.termino_en = round(time.monotonic() - comienzo, 2), timezone.now()
    corrida.save()
    detalle = {"filas": corrida.total, "reglas": len(por_cumplir), "fallas": len(corrida.fallas)}
    _anotar("ensayar" if ensayo else "aplicar", corrida, detalle)
    if corrida.fallas:
        raise ConFallas(corrida)
    return corrida


def _empezar(ensayo: bool, por) -> CorridaDeRetencion:
    if ensayo:
        return CorridaDeRetencion.objects.create(por=por)
    CorridaDeRetencion.objects.abandonadas().dar_por_terminadas()
    try:
        with transaction.atomic():
            corrida = CorridaDeRetencion.objects.create(es_ensayo=False, por=por)
    except IntegrityError as error:
        raise YaSeCorre("Ya se está aplicando: espere a que termine o, si se interrumpió, una hora.") from error
    _anotar("empezar", corrida, {})
    return corrida


def _cumplir(regla: Regla, corrida: CorridaDeRetencion, limite: dt.datetime, lote: int) -> None:
    fila = [regla.clave, regla.titulo, str(PLAZOS[regla.clave]), 0]
    corrida.resultado.append(fila)
    try:
        if corrida.es_ensayo:
            fila[3] = regla.vencidas(limite).count()
        else:
            aplicar(replace(regla, retirar=_anotando(regla, fila, corrida)), limite, lote)
    except Exception as error:  # noqa: BLE001 - una que falla no detiene a las demás
        registro.exception("Falló la regla de retención %s", regla.clave)
        corrida.fallas.append(f"{regla.titulo}: {type(error).__name__}")
    corrida.save()


def _anotando(regla: Regla, fila: list, corrida: CorridaDeRetencion):
    """``regla.retirar``, que además suma el lote en el informe, en su misma transacción."""

    def retirar(filas):
        regla.retirar(filas)
        fila[3] += len(filas)
        corrida.save()

    return retirar


def _anotar(verbo: str, corrida: CorridaDeRetencion, detalle: dict) -> None:
    anotar(accion=f"{verbo} la retención", por=corrida.por, objeto=corrida, detalle=detalle)


def lo_que_se_conserva() -> list[tuple[str, str]]:
    """Pares (tratamiento, qué no se borra y por qué)."""
    return [(tratamiento.nombre, tratamiento.conserva) for tratamiento in TRATAMIENTOS.values()]


def retener_cada_dia() -> str:
    """Tarea periódica: aplica la retención una vez al día, solo si el ajuste la enciende."""
    if not AjustesPrivacidad.load().retencion_automatica:
        return ""
    ultima = CorridaDeRetencion.objects.filter(es_ensayo=False).first()
    if ultima and timezone.now() - ultima.empezo_en < CADA:
        return ""
    corrida = correr(ensayo=False)
    return f"{corrida.total} filas retiradas" if corrida.total else ""
