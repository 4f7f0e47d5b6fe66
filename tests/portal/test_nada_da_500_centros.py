"""Ninguna dirección de la intranet responde 500 a los roles de un centro, manden lo que manden."""

import pytest

from organizacion.models.rol import ROLES_DE_CENTRO

from .azar import bombardear, con_rol, poblar_portal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("negar_en_corto")]


@pytest.mark.parametrize("rol", ROLES_DE_CENTRO)
def test_ningun_pedido_da_500(rol, cusco, record_property):
    valores = poblar_portal(cusco)
    quien = con_rol(rol)
    errores, pedidos = bombardear(quien, valores, semilla=rol)
    assert errores == []
    record_property("medida", f"pedidos al azar como {rol}: {pedidos:,}")
