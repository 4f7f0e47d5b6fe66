"""Una edición: la parte del MEF, igual para todos (R106), y la de cada centro (R107)."""

import datetime as dt

import pytest
from django.urls import reverse

from boletines.models import Edicion
from tests.boletines.conftest import nueva_edicion, nueva_parte
from tests.boletines.test_boletin import capacitacion
from tests.pdf import exigir_en_orden, exigir_ua1, texto_de

pytestmark = pytest.mark.django_db


def ver(client, url):
    respuesta = client.get(url)
    assert respuesta.status_code == 200
    return respuesta.content.decode()


def test_cada_centro_ve_lo_del_mef_igual_y_ademas_lo_suyo(client, edicion, cusco, arequipa):
    nueva_parte(edicion, cusco, [{}, {"tipo": "novedad", "titulo": "Nuevo horario", "texto": "Desde el lunes."}])
    del_cusco, de_arequipa = ver(client, f"{edicion.url}cusco/"), ver(client, f"{edicion.url}arequipa/")
    for pagina in (del_cusco, de_arequipa):
        assert "Plazos de cierre contable" in pagina
    exigir_en_orden(del_cusco, ["Lo que hicimos en el centro", "Taller en Anta", "Nuevo horario", "Del MEF para todos"])
    for solo_del_cusco in ("Lo que hicimos en el centro", "Taller en Anta", "Nuevo horario"):
        assert solo_del_cusco not in de_arequipa
        assert solo_del_cusco not in ver(client, edicion.url)


def test_la_programacion_es_la_del_centro_y_la_de_la_sede_para_todos(client, edicion, cusco, arequipa):
    dia = dt.date(2026, 11, 12)
    capacitacion("Del Cusco", dia, centro=cusco)
    capacitacion("De Arequipa", dia, centro=arequipa)
    capacitacion("Para todos", dia, centro=None, organizador="sede")
    pagina = ver(client, f"{edicion.url}cusco/")
    assert "Del Cusco" in pagina
    assert "Para todos" in pagina
    assert "De Arequipa" not in pagina


@pytest.mark.parametrize("estado", ["pedido", "devuelto"])
def test_lo_que_el_centro_no_entrego_no_sale_y_no_deja_un_hueco(client, edicion, cusco, estado):
    aporte = nueva_parte(edicion, cusco, [{}], estado=estado)
    pagina = ver(client, f"{edicion.url}cusco/")
    for ausente in ("Taller en Anta", "Actividades del centro", "Novedades", "Del centro Cusco"):
        assert ausente not in pagina
    assert "Próximas capacitaciones: noviembre de 2026" in pagina

    aporte.es_automatico = True
    aporte.save()
    assert "Taller en Anta" in ver(client, f"{edicion.url}cusco/")


def test_el_texto_de_una_nota_no_es_html(client, edicion, cusco):
    nueva_parte(edicion, cusco, [{"texto": "<script>alert(1)</script>\n\nSegundo párrafo"}])
    pagina = ver(client, f"{edicion.url}cusco/")
    assert "<script>alert(1)" not in pagina
    assert "<p>Segundo párrafo</p>" in pagina


def test_la_edicion_nacional_lleva_a_la_de_cada_centro_y_una_antigua_no(client, archivo, edicion, cusco, arequipa):
    antigua = nueva_edicion(archivo, anio=2025, mes=3)
    assert "La edición de cada centro" not in ver(client, antigua.url)
    Edicion.objects.create(anio=2026, mes=10)
    pagina = ver(client, edicion.url)
    for slug in ("cusco", "arequipa"):
        assert f'href="/boletines/2026-10/{slug}/"' in pagina
        assert f'href="/boletines/2026-10/{slug}/pdf/"' in pagina


def test_un_centro_cerrado_solo_conserva_la_edicion_en_que_escribio(client, edicion, cusco):
    cusco.esta_activo = False
    cusco.save()
    assert client.get(f"{edicion.url}cusco/").status_code == 404
    nueva_parte(edicion, cusco)
    ver(client, f"{edicion.url}cusco/")


@pytest.mark.parametrize("ruta", ["no-existe/", "no-existe/pdf/", "cusco/otra/", "%00/"])
def test_una_direccion_que_no_es_de_un_centro_es_un_404(client, edicion, cusco, ruta):
    assert client.get(f"{edicion.url}{ruta}").status_code == 404


def test_el_pdf_de_un_centro_es_accesible_y_trae_sus_paginas_en_el_indice(client, edicion, imagen, cusco):
    nueva_parte(edicion, cusco, [{"imagen": imagen, "texto_alternativo": "Vista del taller"}])
    pdf = client.get(f"{edicion.url}cusco/pdf/").content
    exigir_ua1(pdf, "Boletín CONECTAMEF Cusco: edición de octubre de 2026")
    exigir_en_orden(
        texto_de(pdf), ["Contenido", "Del centro Cusco", "2", "Taller en Anta", "Plazos de cierre contable"]
    )


def test_el_feed_de_un_centro_anuncia_sus_ediciones(client, edicion, cusco):
    pagina = ver(client, reverse("boletines:rss-de-centro", args=["cusco"]))
    assert "http://testserver/boletines/2026-10/cusco/" in pagina
    assert "CONECTAMEF Cusco" in pagina
    assert client.get(reverse("boletines:rss-de-centro", args=["no-existe"])).status_code == 404


def test_el_archivo_de_un_centro_lleva_a_sus_ediciones(client, archivo, edicion, cusco):
    nueva_edicion(archivo, mes=9)
    pagina = ver(client, "/boletines/?centro=cusco")
    assert 'href="/boletines/2026-10/cusco/"' in pagina
    assert 'href="/boletines/2026-09/cusco/pdf/"' in pagina
    assert 'href="/boletines/2026-10/"' in ver(client, "/boletines/?centro=%00")


def test_la_pagina_de_un_centro_no_lleva_cookies(client, edicion, cusco):
    assert not client.get(f"{edicion.url}cusco/").cookies
