"""«make run» dice en una línea que el puerto no sirve, antes de preparar nada."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

CORRER = Path(__file__).resolve().parents[2] / "herramientas" / "correr.py"


def revisar_puerto(puerto):
    entorno = os.environ | {"PORT": str(puerto)}
    orden = [sys.executable, str(CORRER), "--solo-puerto"]
    return subprocess.run(orden, env=entorno, capture_output=True, text=True, check=False, timeout=30)


@pytest.fixture
def ocupado():
    with socket.socket() as oyente:
        oyente.bind(("127.0.0.1", 0))
        oyente.listen()
        yield oyente.getsockname()[1]


def test_un_puerto_ocupado_se_dice_en_una_linea(ocupado):
    salida = revisar_puerto(ocupado)
    assert salida.returncode == 1
    assert salida.stderr.count("\n") == 1
    assert f"El puerto {ocupado} está ocupado" in salida.stderr


def test_un_puerto_que_no_es_numero_tampoco_da_una_traza():
    salida = revisar_puerto("8000x")
    assert (salida.returncode, salida.stderr.count("\n")) == (1, 1)


def test_un_puerto_libre_deja_seguir():
    with socket.socket() as prueba:
        prueba.bind(("127.0.0.1", 0))
        libre = prueba.getsockname()[1]
    assert revisar_puerto(libre).returncode == 0
