"""Muchos procesos anotan a la vez: la cadena tiene una sola punta y nadie se queda sin eslabón (ADR 0025)."""

import multiprocessing
import time

import pytest
from django.db import DatabaseError, connections, transaction

from custodia import cadena
from custodia.models import Eslabon, Huella
from custodia.verificacion import verificar
from tests.procesos import olvidar_conexiones

pytestmark = pytest.mark.django_db(transaction=True)
procesos = multiprocessing.get_context("fork")
PROCESOS, CADA_UNO = 4, 8


def con_demora(resumen):
    """Alarga el momento entre leer la punta y escribir la siguiente: ahí se cruzarían."""

    def envuelto(**datos):
        time.sleep(0.01)
        return resumen(**datos)

    return envuelto


def anotar_a_la_vez(al_empezar=lambda: None) -> int:
    """Cada proceso anota y encadena lo suyo; cuántas veces chocó con otro."""
    salida, choques = procesos.Barrier(PROCESOS), procesos.SimpleQueue()

    def uno():
        olvidar_conexiones()
        cadena.resumen = con_demora(cadena.resumen)
        al_empezar()
        salida.wait()
        cuantos = 0
        for n in range(CADA_UNO):
            with transaction.atomic():
                Huella.objects.create(accion=f"acción {n}")
            try:
                cadena.encadenar_pendientes()
            except DatabaseError:
                cuantos += 1
        choques.put(cuantos)
        connections.close_all()

    connections.close_all()
    hijos = [procesos.Process(target=uno) for _ in range(PROCESOS)]
    for hijo in hijos:
        hijo.start()
    for hijo in hijos:
        hijo.join(timeout=120)
        hijo.kill()
    return sum(choques.get() for _ in range(PROCESOS) if not choques.empty())


def test_anotar_a_la_vez_no_rompe_la_cadena():
    assert anotar_a_la_vez() == 0
    assert Eslabon.objects.count() == Huella.objects.count() == PROCESOS * CADA_UNO
    assert verificar().hallazgo is None


def sin_llave():
    cadena._tomar_llave = lambda: None
    connections["default"].settings_dict["OPTIONS"].pop("transaction_mode", None)


def test_control_sin_la_llave_chocan_y_aun_asi_la_cadena_no_se_parte():
    """Control: sin llave dos leen la misma punta; la base rehúsa al segundo, y su huella se encadena después."""
    assert anotar_a_la_vez(sin_llave) > 0
    cadena.encadenar_pendientes()
    assert Eslabon.objects.count() == PROCESOS * CADA_UNO
    assert verificar().hallazgo is None


def test_si_encadenar_falla_la_accion_del_usuario_queda_hecha(monkeypatch, caplog):
    from custodia.actions import anotar

    def fallar(**datos):
        raise DatabaseError("la base está ocupada")

    monkeypatch.setattr(cadena, "encadenar_pendientes", fallar)
    with transaction.atomic():
        anotar(accion="publicar")
    assert Huella.objects.filter(accion="publicar").exists()
    assert "la base está ocupada" in caplog.text
