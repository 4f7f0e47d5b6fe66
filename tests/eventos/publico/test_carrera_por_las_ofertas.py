"""Aceptar, dejar y vencer a la vez, en procesos de verdad: nunca hay más cupos tomados que los que hay."""

import datetime as dt
import multiprocessing
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.db import connections
from django.utils import timezone

from eventos.actions import inscripcion as inscripciones
from eventos.actions import oferta
from eventos.actions.cupos import tomar
from eventos.models import Inscripcion
from tests.fabricas import CapacitacionFactory, EntidadFactory, InscripcionFactory
from tests.hilos import NO_VENDRA, VENDRA
from tests.procesos import olvidar_conexiones

pytestmark = pytest.mark.django_db(transaction=True)
procesos = multiprocessing.get_context("fork")
CUPOS = 5


@pytest.fixture(autouse=True)
def sin_reparto(monkeypatch):
    """Aquí se prueba contar cupos; repartir el correo en cada proceso solo haría lenta la prueba."""
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


def curso_con(ofrecidas=0, confirmadas=0, en_espera=0, cupos=CUPOS):
    curso = CapacitacionFactory(cupos=cupos, dias=30)
    entidad = EntidadFactory(centro=curso.centro)
    estados = ["confirmada"] * confirmadas + ["ofrecida"] * ofrecidas + ["en_espera"] * en_espera
    manana = timezone.now() + dt.timedelta(days=1)
    for estado in estados:
        vence_en = manana if estado == "ofrecida" else None
        InscripcionFactory(capacitacion=curso, entidad=entidad, estado=estado, oferta_vence_en=vence_en)
    return curso


def tomados(curso):
    return Inscripcion.objects.que_ocupan_cupo().filter(capacitacion=curso).count()


def con_reloj_adelantado(accion, **datos):
    """Como si en este proceso ya hubiera pasado el plazo."""
    adelantado = SimpleNamespace(now=lambda: timezone.now() + dt.timedelta(days=2))
    oferta.timezone = adelantado
    accion(**datos)


def a_la_vez(tareas):
    """Corre cada tarea en su proceso, todas a la vez; devuelve cuántas reventaron."""
    salida, errores = procesos.Barrier(len(tareas)), procesos.SimpleQueue()

    def una(tarea):
        olvidar_conexiones()
        try:
            salida.wait()
            with suppress(oferta.OfertaRechazada):
                tarea()
        except Exception as error:  # noqa: BLE001 - se cuentan todos
            errores.put(repr(error))
        finally:
            connections.close_all()

    connections.close_all()  # una conexión no se comparte entre procesos
    hijos = [procesos.Process(target=una, args=(tarea,)) for tarea in tareas]
    for hijo in hijos:
        hijo.start()
    for hijo in hijos:
        hijo.join(timeout=60)
    assert [hijo.exitcode for hijo in hijos] == [0] * len(hijos)
    assert errores.empty(), errores.get()


def test_aceptar_y_vencer_a_la_vez_da_el_cupo_a_una_sola_persona():
    curso = curso_con(ofrecidas=CUPOS, en_espera=CUPOS)
    tareas = []
    for fila in curso.inscripciones.ofrecidas().select_related("capacitacion"):
        tareas.append(lambda fila=fila: oferta.aceptar(inscripcion=fila))
        tareas.append(lambda fila=fila: con_reloj_adelantado(oferta.vencer, inscripcion=fila))

    a_la_vez(tareas)

    assert tomados(curso) == CUPOS
    anuladas = curso.inscripciones.filter(motivo_anulacion="oferta_vencida").count()
    assert curso.inscripciones.confirmadas().count() + anuladas == CUPOS
    assert curso.inscripciones.ofrecidas().count() == anuladas


def test_treinta_aceptan_y_anulan_a_la_vez_y_nunca_se_pasan_de_los_cupos():
    curso = curso_con(confirmadas=3, ofrecidas=2, en_espera=25)
    tareas = []
    for n, fila in enumerate(curso.inscripciones.select_related("capacitacion").order_by("orden")):
        accion = inscripciones.anular if n % 2 == 0 else oferta.aceptar
        tareas.append(lambda fila=fila, accion=accion: accion(inscripcion=fila))

    a_la_vez(tareas)

    assert curso.inscripciones.filter(estado="anulada").count() == 15
    assert tomados(curso) == CUPOS


# --- Control: las mismas dos acciones, leyendo ambas antes de que cualquiera escriba ---


def aceptar_y_vencer(leer, aceptar, vencer, monkeypatch, plazo):
    """Un cupo ofrecido y alguien que espera: una lo acepta mientras el plazo vence. Cuántos cupos quedan tomados."""
    curso = curso_con(ofrecidas=1, en_espera=1, cupos=1)
    fila = curso.inscripciones.ofrecidas().select_related("capacitacion").get()
    leyeron = threading.Barrier(2, timeout=plazo)
    vencio = threading.Event()

    def leer_y_esperar(inscripcion):
        leida = leer(inscripcion)
        with suppress(threading.BrokenBarrierError):  # con llave, la otra no llega a leer
            leyeron.wait()
        return leida

    monkeypatch.setattr(oferta, "tomar", leer_y_esperar)
    # Quien acepta mira el plazo antes de que pase; quien vence, después.
    hilo_que_vence = threading.local()
    ahora = timezone.now
    adelanto = dt.timedelta(days=2)
    reloj = SimpleNamespace(
        now=lambda: ahora() + (adelanto if getattr(hilo_que_vence, "es", False) else dt.timedelta())
    )
    monkeypatch.setattr(oferta, "timezone", reloj)
    confirmar = oferta.confirmar

    def confirmar_despues(inscripcion):
        if leyeron.broken is False:
            vencio.wait(timeout=VENDRA)
        return confirmar(inscripcion)

    monkeypatch.setattr(oferta, "confirmar", confirmar_despues)

    def una(accion, vence):
        hilo_que_vence.es = vence
        try:
            with suppress(oferta.OfertaRechazada):
                accion(inscripcion=fila)
        finally:
            if vence:
                vencio.set()
            connections.close_all()

    hilos = [threading.Thread(target=una, args=datos) for datos in ((aceptar, False), (vencer, True))]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return tomados(curso)


def test_con_la_llave_aceptar_y_vencer_dejan_un_cupo_tomado(monkeypatch):
    assert aceptar_y_vencer(tomar, oferta.aceptar, oferta.vencer, monkeypatch, NO_VENDRA) == 1


def test_control_sin_la_llave_el_mismo_cupo_se_da_dos_veces(monkeypatch):
    """Control: la misma escena sin llave ni transacción da dos cupos donde hay uno."""

    def leer(inscripcion):
        return Inscripcion.objects.select_related("capacitacion", "persona").get(pk=inscripcion.pk)

    sin_llave = (oferta.aceptar.__wrapped__, oferta.vencer.__wrapped__)
    assert aceptar_y_vencer(leer, *sin_llave, monkeypatch, VENDRA) == 2
