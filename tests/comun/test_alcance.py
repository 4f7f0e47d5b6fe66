"""Quién ve qué filas."""

import pytest
from django.contrib.auth.models import AnonymousUser

from comun.alcance import en_alcance
from directorio.models import Entidad, Operador
from organizacion.models import Rol, Sistema
from tests import personas
from tests.fabricas import EntidadFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db


def test_cada_centro_ve_lo_suyo_y_la_sede_todo(coordinadora, ogauc, cusco, arequipa):
    propia, ajena = EntidadFactory(centro=cusco), EntidadFactory(centro=arequipa)
    assert list(Entidad.objects.para(coordinadora)) == [propia]
    assert set(Entidad.objects.para(ogauc)) == {propia, ajena}


@pytest.mark.parametrize("usuario", [None, AnonymousUser()])
def test_sin_cuenta_no_se_ve_nada(usuario, cusco):
    EntidadFactory(centro=cusco)
    assert not Entidad.objects.para(usuario).exists()


def test_un_aliado_solo_alcanza_sus_servicios_conjuntos(cusco):
    EntidadFactory(centro=cusco)
    assert not Entidad.objects.para(personas.con_rol("osce", Rol.ALIADO)).exists()


def test_un_responsable_tecnico_ve_su_sistema_en_todos_los_centros(cusco, arequipa):
    de_presupuesto = OperadorFactory(entidad__centro=arequipa)
    de_presupuesto.sistemas.add(SistemaFactory())
    OperadorFactory(entidad__centro=cusco)
    assert list(Operador.objects.para(personas.responsable_de_presupuesto())) == [de_presupuesto]


def test_un_catalogo_es_de_todos(coordinadora):
    SistemaFactory()
    assert en_alcance(Sistema.objects.all(), coordinadora).exists()
