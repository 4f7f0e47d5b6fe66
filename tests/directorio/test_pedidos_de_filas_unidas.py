"""Cuando dos filas del directorio eran la misma, lo que una campaña pedía a una pasa a la que se queda."""

import pytest
from django.utils import timezone

from comun.registros import al_fusionar
from directorio.actions import trasladar_operador
from directorio.campanias.fusion import pasar_pedidos
from directorio.duplicados.actions import fusionar_operadores
from directorio.models import Pedido
from tests.directorio.campanias import campania_de
from tests.fabricas import EntidadFactory, OperadorFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate()


def test_el_pedido_pasa_a_la_fila_que_se_queda(cusco, coordinadora):
    absorbido = OperadorFactory(entidad=EntidadFactory(centro=cusco))
    campania = campania_de(cusco, coordinadora, a_quienes=["operadores"])
    se_queda = OperadorFactory(entidad=EntidadFactory(centro=cusco))
    assert pasar_pedidos in al_fusionar

    pasar_pedidos(se_queda=se_queda, absorbida=absorbido, por=coordinadora)

    pedido = campania.pedidos.get()
    assert (pedido.operador, pedido.entidad) == (se_queda, se_queda.entidad)


def test_al_unir_dos_de_distinta_entidad_el_enlace_muestra_donde_trabaja_hoy(cusco, coordinadora):
    absorbido = OperadorFactory(entidad=EntidadFactory(centro=cusco))
    campania = campania_de(cusco, coordinadora, a_quienes=["operadores"])
    se_queda = OperadorFactory(entidad=EntidadFactory(centro=cusco))

    fusionar_operadores(se_queda=se_queda, absorbido=absorbido, de_la_otra=set(), por=coordinadora)

    pedido = campania.pedidos.get()
    assert (pedido.operador, pedido.entidad, pedido.se_fue) == (se_queda, se_queda.entidad, False)


def test_si_los_dos_operadores_tenian_pedido_y_uno_cambio_de_entidad_queda_uno(cusco, coordinadora):
    """El pedido de quien se trasladó sigue anotado en la entidad de antes."""
    se_queda, absorbido = OperadorFactory.create_batch(2, entidad=EntidadFactory(centro=cusco))
    campania = campania_de(cusco, coordinadora, a_quienes=["operadores"])
    otra = EntidadFactory(centro=cusco)
    trasladar_operador(operador=se_queda, entidad=otra, cargo="", sistemas=[], desde=HOY, por=coordinadora)

    fusionar_operadores(se_queda=se_queda, absorbido=absorbido, de_la_otra=set(), por=coordinadora)

    estados = dict(campania.pedidos.values_list("operador", "estado"))
    assert estados == {se_queda.pk: Pedido.Estado.PENDIENTE, absorbido.pk: Pedido.Estado.ANULADO}


def test_si_las_dos_tenian_pedido_queda_uno(cusco, coordinadora):
    se_queda, absorbida = EntidadFactory(centro=cusco), EntidadFactory(centro=cusco)
    campania = campania_de(cusco, coordinadora, a_quienes=["entidades"])

    pasar_pedidos(se_queda=se_queda, absorbida=absorbida, por=coordinadora)

    estados = dict(campania.pedidos.values_list("entidad", "estado"))
    assert estados == {se_queda.pk: Pedido.Estado.PENDIENTE, absorbida.pk: Pedido.Estado.ANULADO}
