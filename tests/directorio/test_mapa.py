"""El mapa de los departamentos: está completo, dice la verdad y no cuesta más por tener más provincias."""

import datetime as dt

import pytest
from django.utils import timezone

from directorio.mapa import contornos, departamentos
from organizacion.carga import UBIGEO
from organizacion.models import Centro, Jurisdiccion
from tests.fabricas import CentroFactory, DepartamentoFactory, DistritoFactory, ProvinciaFactory

HOY = timezone.localdate()


def el(codigo):
    return next(d for d in departamentos() if d.forma.codigo == codigo)


def test_estan_los_25_departamentos_con_su_nombre_del_inei():
    filas = (linea.split(",") for linea in UBIGEO.read_text(encoding="utf-8-sig").splitlines()[1:])
    oficiales = {fila[0][:2]: fila[1] for fila in filas}

    assert {forma.codigo: forma.nombre for forma in contornos()} == oficiales


def test_los_vecinos_comparten_sus_puntos_y_nadie_se_sale_del_dibujo():
    puntos = {forma.nombre: set(forma.contorno.split()) for forma in contornos()}

    assert len(puntos["Cusco"] & puntos["Puno"]) >= 2
    assert not puntos["Cusco"] & puntos["Tumbes"]
    assert all(len(p) >= 3 for p in puntos.values())
    assert all(0 <= int(v) <= 570 for p in puntos.values() for punto in p for v in punto.split(","))


@pytest.fixture
def atendido(inicio, cusco):
    cusco.distrito = DistritoFactory()
    cusco.save()
    Jurisdiccion.objects.create(centro=cusco, provincia=cusco.distrito.provincia, desde=HOY)
    return cusco


@pytest.mark.django_db
def test_cada_departamento_enlaza_a_su_centro_con_nombre_accesible(client, atendido):
    for url in ("/", "/centros/"):
        html = client.get(url).content.decode()
        assert '<a href="/centros/cusco/" aria-label="Cusco: CONECTAMEF Cusco">' in html
        assert "Es un esquema para ubicarse" in html


@pytest.mark.django_db
def test_el_que_atiende_un_centro_de_otro_departamento_lo_dice(client, atendido):
    apurimac = DepartamentoFactory(codigo="03", nombre="Apurímac")
    abancay = ProvinciaFactory(codigo="0301", nombre="Abancay", departamento=apurimac)
    Jurisdiccion.objects.create(centro=atendido, provincia=abancay, desde=HOY)

    assert (el("03").clase, el("03").explicacion) == ("de-otro", "Lo atiende CONECTAMEF Cusco")
    assert el("08").explicacion == ""
    assert "<strong>Apurímac:</strong> Lo atiende CONECTAMEF Cusco." in client.get("/centros/").content.decode()


@pytest.mark.django_db
def test_el_que_no_tiene_centro_se_distingue_y_dice_que_hacer(client, atendido):
    assert (el("24").clase, el("24").url) == ("sin-centro", "/centros/?departamento=24")

    html = client.get("/centros/?departamento=24").content.decode()

    assert "Hoy no lo atiende ningún centro" in html
    assert "capacitaciones virtuales" in html


@pytest.mark.django_db
def test_solo_cuenta_el_centro_que_hoy_atiende_y_tiene_pagina(atendido):
    assert el("08").centros
    Jurisdiccion.objects.update(desde=HOY - dt.timedelta(9), hasta=HOY - dt.timedelta(1))
    assert not el("08").centros
    Jurisdiccion.objects.update(hasta=None)
    atendido.pagina.unpublish()
    assert not el("08").centros
    atendido.pagina.save_revision().publish()
    Centro.objects.update(esta_activo=False)
    assert not el("08").centros


@pytest.mark.django_db
def test_el_mapa_es_una_consulta_aunque_haya_mas_provincias(atendido, django_assert_num_queries):
    departamentos()
    for n in range(2, 9):
        Jurisdiccion.objects.create(centro=CentroFactory(nombre=f"C{n}"), provincia=ProvinciaFactory(codigo=f"080{n}"))
    with django_assert_num_queries(1):
        departamentos()


@pytest.mark.django_db
@pytest.mark.parametrize("codigo", ["", "99", "x", "08\x00", "²", "0" * 400])
def test_un_departamento_que_no_existe_no_dice_nada(client, atendido, codigo):
    respuesta = client.get("/centros/", {"departamento": codigo})

    assert respuesta.status_code == 200
    assert respuesta.context["elegido"] is None
