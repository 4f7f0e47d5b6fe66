import pytest

from eventos.actions.mesa import abrir_mesa
from tests import personas

from .aparato import Aparato, de_todo_el_dia


@pytest.fixture
def asistente(db):
    return personas.asistente_de_cusco()


@pytest.fixture
def capacitacion(cusco):
    return de_todo_el_dia()


@pytest.fixture
def sesion(capacitacion):
    return capacitacion.sesiones.get()


@pytest.fixture
def mesa(capacitacion, asistente):
    return abrir_mesa(capacitacion=capacitacion, nombre="Puerta principal", por=asistente)


@pytest.fixture
def aparato(mesa):
    """Un aparato con la mesa ya abierta."""
    return Aparato(mesa)
