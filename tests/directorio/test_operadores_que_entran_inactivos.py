"""De quien entra al directorio cuando ya no trabaja ahí también se borra el contacto al vencer su plazo."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from directorio.duplicados.actions import fusionar_operadores
from directorio.importacion.deshacer import deshacer
from directorio.models import Operador, Puesto
from directorio.personales.reglas import _inactivos
from tests.directorio.test_importar import importar
from tests.fabricas import EntidadFactory, OperadorFactory, SistemaFactory

pytestmark = pytest.mark.django_db
HOJA = "Apellidos;Nombres;Código SIAF;Sistemas;Correo;Activo\nQuispe;Rosa;000123;Presupuesto Público;r@muni.example;no"


@pytest.fixture
def entidad(cusco):
    SistemaFactory()
    return EntidadFactory(centro=cusco, codigo_siaf="000123")


def vencidos(en):
    """Los que vencen si el plazo terminó ``en`` esos días."""
    return list(_inactivos(timezone.now() + dt.timedelta(days=en)))


def test_importado_inactivo_vence_contado_desde_ese_dia(entidad, coordinadora):
    importar(HOJA, coordinadora)
    puesto = Puesto.objects.get()
    assert (puesto.hasta, puesto.sistemas.count()) == (timezone.localdate(), 1)
    assert vencidos(en=0) == []
    assert vencidos(en=1) == [Operador.objects.get()]


def test_deshacer_esa_importacion_lo_quita_con_su_historia(entidad, coordinadora):
    importacion = importar(HOJA, coordinadora)
    assert deshacer(importacion=importacion, por=coordinadora).cuentas == {"nueva": 1, "deshechas": 1}
    assert not Operador.objects.exists()
    assert not Puesto.objects.exists()


def test_agregado_inactivo_vence_contado_desde_ese_dia(entidad, client, coordinadora):
    client.force_login(coordinadora)
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "entidad": entidad.pk, "correo": "r@muni.example"}
    client.post(reverse("directorio_operador_modeladmin_create"), datos)
    assert vencidos(en=1) == [Operador.objects.get(esta_activo=False)]


def test_agregado_activo_no_tiene_aun_historia(entidad, client, coordinadora):
    client.force_login(coordinadora)
    datos = {"nombres": "Rosa", "apellidos": "Quispe", "entidad": entidad.pk, "esta_activo": "on"}
    client.post(reverse("directorio_operador_modeladmin_create"), datos)
    assert Operador.objects.get().esta_activo
    assert not Puesto.objects.exists()


@pytest.mark.parametrize(("activo", "vence"), [(False, True), (True, False)])
def test_el_que_entro_antes_sin_historia_vence_contado_desde_que_se_verifico(entidad, activo, vence):
    OperadorFactory(entidad=entidad, correo="r@muni.example", esta_activo=activo, verificado_en=dt.date(2020, 1, 1))
    assert bool(vencidos(en=0)) is vence


def test_la_fila_que_se_unio_a_quien_sigue_trabajando_no_vence(entidad, coordinadora):
    sigue = OperadorFactory(entidad=entidad, verificado_en=timezone.localdate())
    repetida = OperadorFactory(entidad=entidad, correo="r@muni.example", verificado_en=dt.date(2020, 1, 1))
    fusionar_operadores(se_queda=sigue, absorbido=repetida, de_la_otra=set(), por=coordinadora)
    assert vencidos(en=0) == []
