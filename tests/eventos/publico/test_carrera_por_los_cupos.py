"""Treinta personas a la vez por cinco cupos: ni una de más, y la espera en orden (invariante 2)."""

import contextlib
import threading
from types import SimpleNamespace

import pytest
from django.db import connections

from eventos.actions import inscripcion as actions
from eventos.models import Capacitacion, Inscripcion
from tests.fabricas import CapacitacionFactory, CentroFactory, EntidadFactory
from tests.hilos import NO_VENDRA, VENDRA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def sin_reparto(monkeypatch):
    """Aquí se prueba contar cupos; repartir el correo en cada hilo solo haría lenta la prueba."""
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


def datos(n, entidad):
    return {
        "tipo_documento": "dni",
        "numero_documento": f"{41_000_000 + n}",
        "nombres": "Rosa",
        "apellidos": f"Quispe {n}",
        "entidad": entidad,
        "cargo": "Tesorera",
        "correo": "oficina@muni.example",
        "telefono": "984123456",
    }


def a_la_vez(cuantas, inscribir, curso, entidad, al_terminar=lambda: None):
    """Corre ``inscribir`` en ``cuantas`` hilos, cada uno con su conexión; devuelve los errores."""
    salida, errores = threading.Barrier(cuantas), []

    def una(n):
        try:
            salida.wait()
            inscribir(capacitacion=curso, datos=datos(n, entidad))
        except Exception as error:  # noqa: BLE001 - se devuelven todos
            errores.append(error)
        finally:
            al_terminar()
            connections.close_all()

    hilos = [threading.Thread(target=una, args=(n,)) for n in range(cuantas)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return errores


def test_treinta_a_la_vez_por_cinco_cupos():
    curso = CapacitacionFactory(cupos=5)
    entidad = EntidadFactory(centro=CentroFactory())

    assert a_la_vez(30, actions.inscribir, curso, entidad) == []

    filas = list(curso.inscripciones.order_by("orden").values_list("orden", "estado"))
    assert filas == [(n, "confirmada" if n <= 5 else "en_espera") for n in range(1, 31)]


class Encuentro:
    """Hace que dos hilos cuenten los cupos antes de que cualquiera inserte, y que luego inserten de uno en uno."""

    def __init__(self, monkeypatch, plazo):
        self.contaron = threading.Barrier(2, timeout=plazo)
        self.turno = threading.Lock()
        self.con_turno = threading.local()
        contar = Capacitacion.tiene_cupo

        def contar_y_esperar(capacitacion):
            libre = contar(capacitacion)
            if not getattr(self.con_turno, "ya", False):
                self.con_turno.ya = True
                self._esperar()
            return libre

        # Solo la cuenta que decide: la de admite_inscripcion() pasa por situacion().
        monkeypatch.setattr(Capacitacion, "admite_inscripcion", lambda _: True)
        monkeypatch.setattr(Capacitacion, "tiene_cupo", contar_y_esperar)

    def _esperar(self):
        with contextlib.suppress(threading.BrokenBarrierError):  # con llave, el otro no llega a contar
            self.contaron.wait()
        self.turno.acquire()

    def soltar(self):
        if getattr(self.con_turno, "ya", False):
            self.turno.release()


def dos_por_un_cupo(inscribir, monkeypatch, plazo):
    curso = CapacitacionFactory(cupos=1)
    entidad = EntidadFactory(centro=CentroFactory())
    encuentro = Encuentro(monkeypatch, plazo)
    assert a_la_vez(2, inscribir, curso, entidad, al_terminar=encuentro.soltar) == []
    return Inscripcion.objects.confirmadas().filter(capacitacion=curso).count()


def test_con_la_llave_un_cupo_es_de_una_sola_persona(monkeypatch):
    assert dos_por_un_cupo(actions.inscribir, monkeypatch, NO_VENDRA) == 1


def test_control_sin_la_llave_se_sobrevende(monkeypatch):
    """Control: la misma escena sin llave ni transacción da dos cupos donde hay uno."""
    monkeypatch.setattr(actions, "bajo_llave", lambda c: Capacitacion.objects.get(pk=c.pk))
    assert dos_por_un_cupo(actions.inscribir.__wrapped__, monkeypatch, VENDRA) == 2
