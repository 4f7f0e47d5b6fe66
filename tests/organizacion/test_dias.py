"""Cada centro sigue los días no laborables de su lugar, y anuncia sus cierres."""

import datetime as dt

import pytest
from django.urls import reverse

from organizacion.dias import no_laborables
from organizacion.models import HorarioEspecial, Jurisdiccion
from organizacion.publico import version_publica
from tests.fabricas import (
    CentroFactory,
    DepartamentoFactory,
    DiaNoLaborableFactory,
    DistritoFactory,
    HorarioEspecialFactory,
    ProvinciaFactory,
)

pytestmark = pytest.mark.django_db
DIA = dt.date(2026, 12, 7)


@pytest.fixture
def canchis():
    return ProvinciaFactory(codigo="0806", nombre="Canchis", departamento=DepartamentoFactory())


@pytest.fixture
def en_cusco():
    """El centro de Cusco, con su local en la provincia de Cusco."""
    return CentroFactory(nombre="Cusco", distrito=DistritoFactory())


def test_lo_nacional_vale_en_todos_y_en_la_sede(en_cusco):
    DiaNoLaborableFactory(fecha=DIA)
    assert DIA in no_laborables(en_cusco)
    assert DIA in no_laborables()
    assert dt.date(2026, 12, 25) in no_laborables(en_cusco)
    assert dt.date(2026, 12, 10) not in no_laborables(en_cusco)


@pytest.mark.parametrize("ambito", ["departamento", "provincia"])
def test_lo_de_un_lugar_vale_solo_en_su_centro(ambito, en_cusco, arequipa):
    lugar = {"departamento": DepartamentoFactory(), "provincia": ProvinciaFactory()}[ambito]
    DiaNoLaborableFactory(fecha=DIA, **{ambito: lugar})
    assert DIA in no_laborables(en_cusco)
    assert DIA not in no_laborables(arequipa)
    assert DIA not in no_laborables()


def test_lo_de_otra_provincia_del_departamento_no_cierra_el_centro(en_cusco, canchis):
    DiaNoLaborableFactory(fecha=DIA, provincia=canchis)
    assert DIA not in no_laborables(en_cusco)


@pytest.mark.parametrize("ambito", ["departamento", "provincia"])
def test_sin_distrito_vale_lo_de_las_provincias_que_atiende(ambito, canchis):
    centro = CentroFactory(nombre="Sicuani")
    Jurisdiccion.objects.create(centro=centro, provincia=canchis, desde=dt.date(2020, 1, 1))
    lugar = {"departamento": canchis.departamento, "provincia": canchis}[ambito]
    DiaNoLaborableFactory(fecha=DIA, **{ambito: lugar})
    assert DIA in no_laborables(centro)


def test_se_averigua_en_una_consulta(en_cusco, django_assert_num_queries):
    DiaNoLaborableFactory.create_batch(30)
    with django_assert_num_queries(1):
        dias = no_laborables(en_cusco)
        assert DIA not in dias


def test_el_mismo_dia_no_se_registra_dos_veces(client, ogauc):
    DiaNoLaborableFactory(fecha=DIA)
    client.force_login(ogauc)
    url = reverse("organizacion_dianolaborable_modeladmin_create")
    respuesta = client.post(url, {"fecha": DIA.isoformat(), "motivo": "D.S. de prueba"})
    assert "Ese día ya está registrado para todo el país." in respuesta.text


def test_un_cierre_se_anuncia_un_mes_antes_y_hasta_que_pasa(cusco):
    desde = dt.date(2026, 12, 28)
    HorarioEspecialFactory(centro=cusco, desde=desde, hasta=desde + dt.timedelta(days=2))

    def anunciados(en):
        return cusco.horarios_especiales.por_anunciar(en).count()

    assert anunciados(dt.date(2026, 11, 27)) == 0
    assert anunciados(dt.date(2026, 11, 28)) == 1
    assert anunciados(dt.date(2026, 12, 30)) == 1
    assert anunciados(dt.date(2026, 12, 31)) == 0


def cierre(centro, **cambios):
    datos = {
        "centro": centro.pk,
        "motivo": "Mudanza de local",
        "desde": "2026-12-28",
        "hasta": "2026-12-30",
        "esta_cerrado": "on",
    }
    return {nombre: valor for nombre, valor in (datos | cambios).items() if valor is not None}


def test_la_coordinadora_anuncia_el_cierre_de_su_centro_y_lo_retira(client, coordinadora, cusco):
    client.force_login(coordinadora)
    antes = version_publica()
    client.post(reverse("organizacion_horarioespecial_modeladmin_create"), cierre(cusco))

    guardado = HorarioEspecial.objects.get()
    assert guardado.centro == cusco
    anunciado = version_publica()
    assert anunciado > antes

    client.post(reverse("organizacion_horarioespecial_modeladmin_delete", args=[guardado.pk]))
    assert not HorarioEspecial.objects.exists()
    assert version_publica() > anunciado


def test_un_horario_sin_horas_se_explica(client, coordinadora, cusco):
    client.force_login(coordinadora)
    respuesta = client.post(reverse("organizacion_horarioespecial_modeladmin_create"), cierre(cusco, esta_cerrado=None))
    assert "Escriba desde y hasta qué hora atiende" in respuesta.text
    assert not HorarioEspecial.objects.exists()
