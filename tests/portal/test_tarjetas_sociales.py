"""Lo que se ve al compartir una página por WhatsApp o en una red."""

import io
from html.parser import HTMLParser

import pytest
from django.core.files.images import ImageFile
from PIL import Image as Imagen
from wagtail.images import get_image_model

from boletines.models import BoletinesIndexPage, BoletinPage
from organizacion.models import AjustesPortal
from tests.fabricas import CapacitacionFactory

pytestmark = pytest.mark.django_db


class Metas(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.valores = {}
        self.feed(html)

    def handle_starttag(self, etiqueta, atributos):
        datos = dict(atributos)
        if etiqueta == "meta" and (nombre := datos.get("property") or datos.get("name")):
            self.valores[nombre] = datos["content"]


@pytest.fixture(autouse=True)
def sitio(settings, tmp_path):
    settings.URL_DEL_SITIO = "https://conectamef.example"
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def imagen():
    archivo = io.BytesIO()
    Imagen.new("RGB", (1300, 700), "#c8102e").save(archivo, "PNG")
    return get_image_model().objects.create(
        title="foto", description="Taller en Cusco", file=ImageFile(archivo, name="foto.png")
    )


def metas(client, url):
    return Metas(client.get(url).text).valores


def test_una_capacitacion_dice_su_titulo_y_su_direccion_sin_la_consulta(client, cusco):
    capacitacion = CapacitacionFactory(titulo='Cierre "contable" & <balance>', slug="cierre", centro=cusco)
    valores = metas(client, f"{capacitacion.get_absolute_url()}?de=correo")
    assert valores["og:title"] == 'Cierre "contable" & <balance>'
    assert valores["og:url"] == "https://conectamef.example/capacitaciones/cierre/"
    assert valores["og:description"] == valores["description"]
    assert valores["twitter:card"] == "summary_large_image"
    assert valores["og:image"].startswith("https://conectamef.example/static/img/social")
    assert valores["og:image:alt"]


def test_la_imagen_que_trae_el_portal_mide_1200_por_630_y_pesa_poco(settings):
    archivo = settings.BASE_DIR / "portal/static/img/social.png"
    with Imagen.open(archivo) as imagen:
        assert imagen.size == (1200, 630)
    assert archivo.stat().st_size < 60_000


def test_la_imagen_de_los_ajustes_reemplaza_a_la_que_trae(client, inicio, imagen):
    ajustes = AjustesPortal.load()
    ajustes.imagen_social = imagen
    ajustes.save()
    valores = metas(client, "/capacitaciones/")
    assert "fill-1200x630" in valores["og:image"]
    assert valores["og:image:alt"] == "Taller en Cusco"


def test_un_boletin_usa_su_portada(client, inicio, imagen):
    edicion = BoletinPage(anio=2026, mes=10, portada=imagen)
    BoletinesIndexPage.objects.get().add_child(instance=edicion)
    assert "fill-1200x630" in metas(client, edicion.url)["og:image"]


def test_si_se_perdio_el_archivo_la_pagina_se_ve_igual(client, inicio, imagen):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"imagen_social": imagen})
    imagen.file.storage.delete(imagen.file.name)
    assert "/static/img/social" in metas(client, "/capacitaciones/")["og:image"]


def test_la_imagen_se_busca_una_vez_y_no_en_cada_pagina(client, inicio, imagen, django_assert_max_num_queries):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"imagen_social": imagen})
    client.get("/capacitaciones/")
    with django_assert_max_num_queries(15) as consultas:
        client.get("/capacitaciones/?q=otra")
    assert not [consulta for consulta in consultas.captured_queries if "wagtailimages" in consulta["sql"]]
