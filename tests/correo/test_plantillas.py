"""Componer un correo: asunto, texto sin escape y HTML con estilos puestos."""

import pytest

from correo.plantillas import componer
from organizacion.models import AjustesPortal

pytestmark = pytest.mark.django_db

TXT = "Hola, {{ nombre }}\n\nUno\n\n\n\nDos {{ url_sitio }}/x?a=1&b=2\n"
HTML = '{% extends "base_correo.html" %}{% block contenido %}<h1>{{ nombre }}</h1>{% endblock %}'


@pytest.fixture(autouse=True)
def plantilla(tmp_path, settings):
    (tmp_path / "saludo.txt").write_text(TXT, encoding="utf-8")
    (tmp_path / "saludo.html").write_text(HTML, encoding="utf-8")
    motor = settings.TEMPLATES[0]
    settings.TEMPLATES = [motor | {"DIRS": [*motor["DIRS"], tmp_path]}]


def test_la_primera_linea_es_el_asunto_y_el_texto_no_se_escapa(settings):
    asunto, texto, html = componer("saludo", {"nombre": "D'Angelo & hijos"})
    assert asunto == "Hola, D'Angelo & hijos"
    assert texto.startswith(f"Uno\n\nDos {settings.URL_DEL_SITIO}/x?a=1&b=2\n")
    assert "D&#x27;Angelo &amp; hijos" in html or "D'Angelo &amp; hijos" in html


def test_los_estilos_van_dentro_de_cada_elemento_y_queda_el_modo_oscuro():
    html = componer("saludo", {"nombre": "Ana"}).html
    assert '<h1 style="' in html
    assert html.count("<style") == 1
    assert "prefers-color-scheme: dark" in html


def test_el_asunto_queda_en_una_linea_aunque_el_nombre_traiga_saltos():
    correo = componer("saludo", {"nombre": "Ana\r\nBcc: x@y.example"})
    assert "\n" not in correo.asunto
    assert "\r" not in correo.asunto


def test_el_pie_dice_quien_escribe_y_por_que(cusco):
    correo = componer("saludo", {"nombre": "Ana", "centro": cusco, "motivo": "Lo recibe porque se inscribió."})
    for parte in (correo.texto, correo.html):
        assert "cusco@conectamef.example" in parte
        assert "Lo recibe porque se inscribió." in parte


@pytest.mark.parametrize("es_demostracion", [True, False])
def test_el_aviso_de_demostracion_va_en_las_dos_partes_o_en_ninguna(es_demostracion):
    AjustesPortal.objects.update_or_create(defaults={"es_demostracion": es_demostracion})
    correo = componer("saludo", {"nombre": "Ana"})
    assert [("Sitio de demostración" in parte) for parte in (correo.texto, correo.html)] == [es_demostracion] * 2


def test_la_marca_de_baja_llega_entera_al_html():
    assert 'href="%URL_BAJA%"' in componer("saludo", {"nombre": "Ana", "url_baja": "%URL_BAJA%"}).html
