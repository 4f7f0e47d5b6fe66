"""Ninguna dirección del portal responde 500, le manden lo que le manden: siempre los mismos pedidos al azar.

Por roles, en los archivos ``test_nada_da_500_…``: repartidos, corren a la vez.
"""

import pytest
from django.db import connection
from django.urls import reverse

from organizacion.models import Rol
from tests import fabricas, personas

from .azar import bombardear, direcciones, poblar_portal

pytestmark = pytest.mark.django_db

VECES_SIN_CUENTA = 4
MINIMO = 5_000


def test_ningun_pedido_sin_cuenta_da_500(cusco, record_property):
    errores, pedidos = bombardear(None, poblar_portal(cusco), semilla=4, veces=VECES_SIN_CUENTA)
    assert errores == []
    assert connection.is_usable()
    record_property("medida", f"pedidos al azar sin cuenta: {pedidos:,}")


def test_entre_todos_son_cinco_mil_pedidos(record_property):
    """Sin cuenta, cada rol y el superusuario: cada dirección, por GET y por POST."""
    total = 2 * (len(direcciones(None)) * VECES_SIN_CUENTA + len(direcciones("alguien")) * (len(Rol) + 1))
    assert total >= MINIMO
    record_property("medida", f"pedidos al azar en toda la suite: {total:,}")


def test_una_llave_que_no_cabe_en_la_base_es_un_pedido_mal_hecho(client, cusco):
    """SQLite ni la compara (400); PostgreSQL no la halla y el formulario lo dice (200)."""
    client.force_login(personas.coordinadora_de_cusco())
    operador = fabricas.OperadorFactory(entidad=fabricas.EntidadFactory(centro=cusco))
    url = reverse("directorio_operador_modeladmin_edit", args=[operador.pk])
    respuesta = client.post(url, {"sistemas": "9" * 25})
    assert respuesta.status_code == (400 if connection.vendor == "sqlite" else 200)


@pytest.mark.parametrize("ruta", ["elegir-entidad:choose", "elegir-distrito:choose_results"])
def test_la_ventana_de_elegir_no_se_cae_si_le_piden_varias(ruta, client):
    client.force_login(personas.coordinadora_de_cusco())
    assert client.get(reverse(ruta), {"multiple": "1"}).status_code == 200
