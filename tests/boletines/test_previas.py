"""Las vistas previas por centro: web, correo, texto y PDF, de lo publicado y de los borradores."""

import pytest
from django.urls import reverse

from tests import personas
from tests.boletines.conftest import nueva_edicion, nueva_parte

pytestmark = pytest.mark.django_db


@pytest.fixture
def borrador(archivo, cusco):
    boletin = nueva_edicion(archivo, live=False, editorial="Aún nadie lo ve.")
    boletin.save_revision()
    nueva_parte(boletin, cusco, [{}])
    return boletin


def previa(client, boletin, nombre="boletin_previa", **consulta):
    return client.get(reverse(nombre, args=[boletin.pk]), consulta)


@pytest.mark.parametrize("medio", ["correo", "texto"])
@pytest.mark.parametrize("persona", [personas.comunicaciones, personas.directora_de_ogauc])
def test_el_borrador_se_ve_por_centro_en_cada_medio(client, borrador, persona, medio):
    client.force_login(persona())
    pagina = previa(client, borrador, medio=medio, centro="cusco").content.decode()
    assert "Aún nadie lo ve." in pagina
    assert "Taller en Anta" in pagina
    assert "Taller en Anta" not in previa(client, borrador, medio=medio).content.decode()


def test_la_web_y_el_pdf_del_borrador_se_ven_en_un_marco_del_mismo_sitio(client, borrador, comunicaciones):
    client.force_login(comunicaciones)
    pagina = previa(client, borrador, "boletin_previa_pagina", centro="cusco")
    assert "Taller en Anta" in pagina.content.decode()
    pdf = previa(client, borrador, "boletin_previa_pdf", centro="cusco")
    assert pdf.content.startswith(b"%PDF")
    assert pagina["X-Frame-Options"] == pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert client.get("/boletines/2026-10/").status_code == 404


def test_muestra_el_ultimo_cambio_sin_publicar_a_quien_lo_escribe_y_lo_publicado_a_quien_difunde(
    client, edicion, comunicaciones, coordinadora
):
    edicion.editorial = "Corrección sin publicar."
    edicion.save_revision()
    client.force_login(comunicaciones)
    assert "Corrección sin publicar." in previa(client, edicion, medio="texto").content.decode()
    client.force_login(coordinadora)
    pagina = previa(client, edicion, medio="texto").content.decode()
    assert "Corrección sin publicar." not in pagina
    assert "Este mes cerramos el año" in pagina


@pytest.mark.parametrize("nombre", ["boletin_previa", "boletin_previa_pagina", "boletin_previa_pdf"])
def test_el_borrador_no_lo_ve_quien_difunde_ni_quien_no_tiene_que_ver(client, borrador, coordinadora, nombre):
    for persona in (coordinadora, personas.responsable_de_presupuesto()):
        client.force_login(persona)
        assert previa(client, borrador, nombre).status_code in (302, 403)


@pytest.mark.parametrize("consulta", [{"medio": "%00"}, {"centro": "x\x00"}, {"ancho": "9999"}, {"medio": ""}])
def test_una_consulta_disparatada_muestra_lo_de_siempre(client, borrador, comunicaciones, consulta):
    client.force_login(comunicaciones)
    assert previa(client, borrador, **consulta).status_code in (200, 400)


def test_el_ancho_elegido_llega_al_marco(client, borrador, comunicaciones):
    client.force_login(comunicaciones)
    assert "previa-360" in previa(client, borrador, ancho="360").content.decode()
    assert "previa-600" in previa(client, borrador).content.decode()
