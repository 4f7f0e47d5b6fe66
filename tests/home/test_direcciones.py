"""Lo que leen los buscadores, y lo que se ve cuando una dirección no existe."""

import pytest

from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db

RARAS = [
    "/no-existe/",
    "/%00/",
    "/capacitaciones/%00/",
    "/centros/%00",
    "/a%00b/?q=%00",
    "/%F0%9F%98%80/",
    "/..%2f..%2fetc/passwd",
    "/%ff%fe/",
    "/" + "a" * 3000 + "/",
    "/boletines/9999-99/",
    "/documentos/999999/x.pdf",
    "/media/%00",
]


def test_robots_cierra_la_intranet_y_dice_donde_esta_el_mapa(client, settings):
    respuesta = client.get("/robots.txt")

    assert respuesta["Content-Type"].startswith("text/plain")
    assert "Disallow: /intranet/" in respuesta.content.decode()
    assert f"Sitemap: {settings.URL_DEL_SITIO}/sitemap.xml" in respuesta.content.decode()


def test_el_mapa_lista_paginas_y_capacitaciones_publicadas(client, inicio, cusco):
    visible = CapacitacionFactory(titulo="Visible", centro=cusco)
    oculta = CapacitacionFactory(titulo="Oculta", centro=cusco, estado="borrador")

    mapa = client.get("/sitemap.xml").content.decode()

    assert "/privacidad/" in mapa
    assert f"/capacitaciones/{visible.slug}/" in mapa
    assert oculta.slug not in mapa


@pytest.mark.parametrize("ruta", RARAS)
def test_una_direccion_rara_es_un_404_en_espanol(client, inicio, ruta):
    respuesta = client.get(ruta, follow=True)

    assert respuesta.status_code in {400, 404}
    if respuesta.status_code == 404:
        assert "No encontramos esta página" in respuesta.content.decode()


def test_un_formulario_vencido_se_explica_en_espanol(inicio):
    from django.test import Client

    respuesta = Client(enforce_csrf_checks=True).post("/suscripcion/", {"correo": "a@b.example"})

    assert respuesta.status_code == 403
    assert "El formulario caducó" in respuesta.content.decode()
