"""Armar una edición cargada con la parte de 24 centros: web, correo y PDF de cada una, sin nada guardado de antes.

Límites: las 24 en menos de 60 s y cada PDF en menos de 3 s. Los segundos son de reloj: córrala sin otra carga.
"""

import json
import os
import subprocess
import sys
import tempfile

from herramientas.medir.html import RAIZ
from herramientas.medir.servidor import ESTATICOS, PREPARAR

CENTROS = 24
LIMITE = 60  # segundos, todas
LIMITE_DEL_PDF = 3  # segundos, uno
PESO_DEL_CORREO = 102 * 1024


def medir() -> list[str]:
    """Las faltas: el total o un PDF que pasó de su límite, o un correo que Gmail cortaría."""
    with tempfile.TemporaryDirectory(prefix="conectamef-medir-") as carpeta:
        entorno = {nombre: valor for nombre, valor in os.environ.items() if nombre != "DATABASE_URL"}
        entorno |= {"VAR_DIR": carpeta, "DJANGO_SETTINGS_MODULE": "portal.settings.local", "DEBUG": "0"}
        for orden in (*PREPARAR, ESTATICOS):
            _correr(entorno, "manage.py", *orden)
        return _juzgar(json.loads(_correr(entorno, "-m", "herramientas.medir.armar_boletin").splitlines()[-1]))


def _correr(entorno, *orden) -> str:
    orden = [sys.executable, *orden]
    return subprocess.run(orden, cwd=RAIZ, env=entorno, check=True, stdout=subprocess.PIPE, text=True).stdout


def _juzgar(partes: list[dict]) -> list[str]:
    total = sum(parte["web"] + parte["correo"] + parte["pdf"] for parte in partes)
    peor, pesado = max(parte["pdf"] for parte in partes), max(parte["peso"] for parte in partes)
    sumas = {medio: sum(parte[medio] for parte in partes) for medio in ("web", "correo", "pdf")}
    procesador = sum(parte["procesador"] for parte in partes)
    print(
        f"Boletín: {len(partes)} partes en {total:.1f} s (límite {LIMITE}): web {sumas['web']:.1f}, "
        f"correo {sumas['correo']:.1f}, PDF {sumas['pdf']:.1f}; el PDF que más, {peor:.2f} s "
        f"(límite {LIMITE_DEL_PDF}); el correo mayor, {pesado / 1024:.0f} kB; de procesador, "
        f"{procesador:.1f} s"
    )
    faltas = [] if len(partes) == CENTROS else [f"boletín: {len(partes)} partes y no {CENTROS}"]
    faltas += [f"boletín: {total:.1f} s > {LIMITE}"] if total > LIMITE else []
    faltas += [f"boletín: un PDF en {peor:.2f} s > {LIMITE_DEL_PDF}"] if peor > LIMITE_DEL_PDF else []
    return faltas + ([f"boletín: un correo de {pesado} octetos"] if pesado >= PESO_DEL_CORREO else [])
