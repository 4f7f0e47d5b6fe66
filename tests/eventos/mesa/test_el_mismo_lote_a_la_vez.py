"""El mismo lote veinte veces a la vez, en hilos y conexiones de verdad: nada se repite (ADR 0014)."""

import contextlib
import threading
from types import SimpleNamespace

import pytest
from django.db import connections

from custodia.models import Huella
from eventos.actions import operaciones_de_mesa as acciones
from eventos.models import Asistencia, Inscripcion, OperacionDeMesa
from tests.fabricas import InscripcionFactory
from tests.hilos import NO_VENDRA, VENDRA

from .aparato import Aparato, operacion, quien_llega

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 20


@pytest.fixture(autouse=True)
def sin_reparto(monkeypatch):
    """Aquí se prueba no repetir; repartir el correo en cada hilo solo haría lenta la prueba."""
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


def a_la_vez(aparato, lote, veces=VECES):
    salida, respuestas, errores = threading.Barrier(veces), [], []

    def uno():
        try:
            copia = Aparato(aparato.mesa, abrir=False)
            copia.client.cookies = aparato.client.cookies.copy()
            salida.wait()
            respuestas.append(copia.hacer(*lote))
        except Exception as error:  # noqa: BLE001 - se devuelven todos
            errores.append(error)
        finally:
            connections.close_all()

    hilos = [threading.Thread(target=uno) for _ in range(veces)]
    for hilo in hilos:
        hilo.start()
    for hilo in hilos:
        hilo.join()
    return respuestas, errores


def test_el_mismo_lote_veinte_veces_a_la_vez_no_repite_nada(aparato, sesion):
    inscripcion = InscripcionFactory(capacitacion=sesion.capacitacion)
    lote = [operacion(sesion=sesion, de=inscripcion), operacion("agregar", sesion=sesion, datos=quien_llega())]

    respuestas, errores = a_la_vez(aparato, lote)

    assert errores == []
    assert len(respuestas) == VECES
    assert all(respuesta == respuestas[0] for respuesta in respuestas)
    assert {resultado["codigo"] for resultado in respuestas[0]} == {"hecha"}
    assert (Inscripcion.objects.count(), Asistencia.objects.count(), OperacionDeMesa.objects.count()) == (2, 2, 2)
    assert Huella.objects.filter(accion="registrar asistencia").count() == 2


@pytest.fixture
def pasaron(monkeypatch, request):
    """Cuántas veces se hizo la operación; cada una espera a que llegue la otra los segundos del parámetro."""
    encuentro, numeros = threading.Barrier(2, timeout=request.param), []

    def hacer(mesa, capacitacion, pedida, request):
        with contextlib.suppress(threading.BrokenBarrierError):  # con la llave, la otra no llega
            encuentro.wait()
        numeros.append(pedida.numero)
        return {"codigo": "hecha"}

    monkeypatch.setitem(acciones.HACER, "marcar", hacer)
    return numeros


@pytest.mark.parametrize("pasaron", [NO_VENDRA], indirect=True)
def test_con_la_llave_el_segundo_encuentra_lo_que_hizo_el_primero(aparato, sesion, pasaron):
    _, errores = a_la_vez(aparato, [operacion(sesion=sesion, de=1)], veces=2)
    assert errores == []
    assert len(pasaron) == 1


@pytest.mark.parametrize("pasaron", [VENDRA], indirect=True)
def test_control_sin_la_llave_se_hace_dos_veces(aparato, sesion, pasaron, monkeypatch):
    """Control: sin llave ni transacción, los dos preguntan antes de que alguno conteste."""
    monkeypatch.setattr(acciones, "bajo_llave", lambda capacitacion: capacitacion)
    monkeypatch.setattr(acciones, "exigir_abierta", lambda capacitacion: None)  # también toma la llave
    monkeypatch.setattr(acciones, "transaction", SimpleNamespace(atomic=contextlib.nullcontext))
    monkeypatch.setattr("eventos.mesa.views.aplicar", acciones.aplicar.__wrapped__)
    a_la_vez(aparato, [operacion(sesion=sesion, de=1)], veces=2)
    assert len(pasaron) == 2
