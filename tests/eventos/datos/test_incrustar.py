"""Otra web muestra las próximas de un centro en un marco; el resto del portal no se deja meter en marcos."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from tests.fabricas import CapacitacionFactory, CentroFactory

pytestmark = pytest.mark.django_db
MARCO = "/capacitaciones/incrustar/"
SITIO = "http://localhost:8000"


@pytest.fixture(autouse=True)
def sitio(settings):
    settings.URL_DEL_SITIO = SITIO


@pytest.fixture
def programa(cusco, arequipa):
    CapacitacionFactory(centro=cusco, titulo="Cierre contable")
    CapacitacionFactory(centro=arequipa, titulo="Inversión en Arequipa")
    CapacitacionFactory(centro=None, organizador="sede", titulo="De la sede")
    CapacitacionFactory(centro=cusco, titulo="Sin publicar", estado="borrador")
    CapacitacionFactory(centro=cusco, titulo="Ya pasó", dias=-3)


def test_el_marco_de_un_centro_trae_las_suyas_y_las_de_la_sede(client, programa):
    texto = client.get(f"{MARCO}cusco/").text
    assert "Próximas capacitaciones del CONECTAMEF Cusco" in texto
    assert "Cierre contable" in texto
    assert "De la sede" in texto
    for ajena in ("Inversión en Arequipa", "Sin publicar", "Ya pasó"):
        assert ajena not in texto


def test_el_marco_de_todos_trae_las_de_todos(client, programa):
    texto = client.get(MARCO).text
    assert "Cierre contable" in texto
    assert "Inversión en Arequipa" in texto


def test_solo_el_marco_se_deja_meter_en_otra_web(client, programa):
    marco, calendario = client.get(MARCO), client.get("/capacitaciones/")
    assert "X-Frame-Options" not in marco
    assert "frame-ancestors *" in marco["Content-Security-Policy"]
    assert calendario["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in calendario["Content-Security-Policy"]


def test_el_marco_no_deja_galletas_ni_formularios_y_sus_enlaces_abren_fuera(client, programa):
    respuesta = client.get(f"{MARCO}cusco/")
    assert not respuesta.cookies
    assert "<form" not in respuesta.text
    assert "<script" not in respuesta.text
    assert respuesta.text.count("<a ") == respuesta.text.count('target="_blank" rel="noopener"') == 3


def test_una_cancelada_lo_dice_y_un_centro_sin_programa_tambien(client, cusco):
    CapacitacionFactory(centro=cusco, estado="cancelada")
    assert "Cancelada" in client.get(f"{MARCO}cusco/").text
    CentroFactory(nombre="Puno")
    assert "no hay capacitaciones" in client.get(f"{MARCO}puno/").text


def test_un_centro_que_no_existe_es_404(client, cusco):
    assert client.get(f"{MARCO}atlantida/").status_code == 404


def test_las_consultas_no_crecen_con_las_capacitaciones(client, cusco, django_assert_max_num_queries):
    CapacitacionFactory.create_batch(9, centro=cusco)
    client.get(MARCO)  # los ajustes nacen con la primera visita
    with django_assert_max_num_queries(10):
        assert client.get(f"{MARCO}cusco/").text.count('<li class="evento') == 6


def oembed(client, url, **parametros):
    return client.get("/oembed/", {"url": url, **parametros})


@pytest.mark.parametrize(
    "url",
    [
        f"{SITIO}/capacitaciones/?centro=cusco",
        f"{SITIO}/capacitaciones/?vista=mes&centro=cusco",
        f"{SITIO}/centros/cusco/",
        f"{SITIO}/capacitaciones/incrustar/cusco/",
        "http://testserver/centros/cusco/",
    ],
)
def test_oembed_da_el_marco_de_la_pagina_que_se_pega(client, programa, url):
    respuesta = oembed(client, url, format="json")
    datos = respuesta.json()
    assert (datos["version"], datos["type"]) == ("1.0", "rich")
    assert datos["html"].startswith(f'<iframe src="{SITIO}/capacitaciones/incrustar/cusco/"')
    assert 'title="Próximas capacitaciones del CONECTAMEF Cusco"' in datos["html"]
    assert respuesta["Access-Control-Allow-Origin"] == "*"


def test_oembed_del_calendario_entero_es_el_marco_de_todos(client, programa):
    assert f'src="{SITIO}{MARCO}"' in oembed(client, f"{SITIO}/capacitaciones/").json()["html"]


def test_oembed_cabe_en_el_sitio_que_le_dan(client, programa):
    datos = oembed(client, f"{SITIO}/capacitaciones/", maxwidth="300", maxheight="400").json()
    assert (datos["width"], datos["height"]) == (300, 400)
    assert 'width="300" height="400"' in datos["html"]
    assert oembed(client, f"{SITIO}/capacitaciones/", maxwidth="9" * 30).json()["width"] == 480


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://otra.example/capacitaciones/",
        f"{SITIO}/privacidad/",
        f"{SITIO}/capacitaciones/?centro=atlantida",
        f"{SITIO}/capacitaciones/?centro=cusco&centro=arequipa",
        f"{SITIO}/centros/",
        "http://[mal",
        "javascript:alert(1)",
        "\x00",
        quote("á" * 400),
    ],
)
def test_oembed_de_lo_que_no_se_incrusta_es_404_con_su_razon(client, programa, url):
    respuesta = oembed(client, url)
    assert respuesta.status_code == 404
    assert "dirección del calendario" in respuesta.json()["error"]


def test_oembed_solo_habla_json(client, programa):
    assert oembed(client, f"{SITIO}/capacitaciones/", format="xml").status_code == 501


def test_la_pagina_de_datos_abiertos_da_el_codigo_y_lo_muestra_funcionando(client, programa):
    texto = client.get("/datos-abiertos/", {"centro": "cusco"}).text
    assert f"&lt;iframe src=&quot;{SITIO}/capacitaciones/incrustar/cusco/&quot;" in texto
    assert '<iframe src="/capacitaciones/incrustar/cusco/"' in texto
    assert client.get("/datos-abiertos/", {"centro": "atlantida"}).status_code == 200


def test_el_calendario_y_el_centro_dicen_donde_esta_su_oembed(client, programa, inicio):
    for url in ("/capacitaciones/?centro=cusco", "/centros/cusco/"):
        texto = client.get(url).text
        enlace = re.search(r'<link rel="alternate" type="application/json\+oembed"[^>]* href="([^"]+)"', texto)
        datos = client.get(unescape(enlace[1]).removeprefix(SITIO)).json()
        assert "incrustar/cusco/" in datos["html"]
    assert "json+oembed" not in client.get("/capacitaciones/?centro=cusco&centro=arequipa").text
