"""Qué se comprueba en /salud/. Sin datos personales ni mensajes de error: los lee cualquiera."""

import datetime as dt
import logging

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from comun.registros import comprobaciones
from organizacion.models import Latido

TAREAS = "tareas_periodicas"
LATIDO_VIEJO = dt.timedelta(minutes=5)

registro = logging.getLogger(__name__)
# Migrar exige reiniciar: si este proceso ya las vio aplicadas, no se vuelve a leer el disco.
_vistas = {"al_dia": False}


def base_de_datos():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "base de datos", True, "responde"


def migraciones():
    if not _vistas["al_dia"]:
        ejecutor = MigrationExecutor(connection)
        _vistas["al_dia"] = not ejecutor.migration_plan(ejecutor.loader.graph.leaf_nodes())
    return "migraciones", _vistas["al_dia"], "al día" if _vistas["al_dia"] else "hay migraciones sin aplicar"


def tareas_periodicas():
    latido = Latido.objects.filter(nombre=TAREAS).first()
    if latido is None:
        return "tareas periódicas", True, "todavía no han corrido"
    pasados = timezone.now() - latido.ocurrido_en
    return "tareas periódicas", pasados < LATIDO_VIEJO, f"corrieron hace {int(pasados.total_seconds() // 60)} min"


def revisar() -> tuple[bool, list[dict]]:
    """Si todo está bien y, por cada comprobación, nombre, bien y detalle. Una que se rompe cuenta como mala."""
    filas = [_revisar_una(f) for f in (base_de_datos, migraciones, tareas_periodicas, *comprobaciones)]
    return all(fila["bien"] for fila in filas), filas


def _revisar_una(comprobar) -> dict:
    try:
        nombre, bien, detalle = comprobar()
    except Exception:  # noqa: BLE001 - pase lo que pase, /salud/ contesta
        registro.exception("Falló la comprobación %s", comprobar.__name__)
        nombre, bien, detalle = comprobar.__name__, False, "no se pudo comprobar"
    return {"nombre": nombre, "bien": bool(bien), "detalle": detalle}
