"""Cada rol, en cada dirección y por cada método: se abre lo que la tabla nombra y se niega lo demás."""

import pytest

from organizacion.models import Rol

from .matriz import desacuerdos
from .reparto import le_toca, montar

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def todo(en_la_base):
    return montar()


@pytest.mark.parametrize("rol", [*Rol.values, "superusuario"])
def test_cada_rol_encuentra_lo_que_dice_la_tabla(rol, todo, como, sin_armar_pdf, record_property):
    usuario = todo["gente"][rol]
    filas = le_toca(usuario, rol, todo)
    halladas, pedidos = desacuerdos(como(usuario), usuario, rol, filas)
    record_property("pedidos", pedidos)
    assert not halladas, "\n".join(halladas)
