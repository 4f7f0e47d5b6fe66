"""El sitio público en un teléfono con línea lenta, con teclado, con lector de pantalla y sin JavaScript."""

import gzip
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.core.cache import caches

from organizacion.models import AjustesPortal
from tests.recorridos.poblado import poblar

PESO_MAXIMO = 60_000
CONSULTAS = 16  # la página de un centro lee además cómo se llamó antes
PAUTAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# El modo oscuro solo cambia colores: allí basta mirar el contraste.
MIRADAS = (
    (360, "light", {"type": "tag", "values": PAUTAS}),
    (1280, "light", {"type": "tag", "values": PAUTAS}),
    (360, "dark", {"type": "rule", "values": ["color-contrast"]}),
    (1280, "dark", {"type": "rule", "values": ["color-contrast"]}),
)
# Las que llevan un formulario con protección CSRF: dejan su cookie y nadie las guarda en caché.
CON_FORMULARIO = {
    *("inscripción", "inscripción a la espera", "corregir", "cancelar"),
    *("suscripción", "confirmar suscripción", "pedir las preferencias"),
    *("encuesta", "sala de la encuesta"),
}


def _faltas(pestana, reglas):
    """Lo que axe reprocha y, si la página se sale de la pantalla, por cuánto."""
    hallado = Axe().run(pestana, options={"runOnly": reglas, "resultTypes": ["violations"]}).response["violations"]
    faltas = [f"{falta['id']}: {nodo['html'][:160]}" for falta in hallado for nodo in falta["nodes"]]
    raiz = "document.documentElement"
    if sobra := pestana.evaluate(f"{raiz}.scrollWidth - {raiz}.clientWidth"):
        faltas.append(f"se sale {sobra} px de la pantalla")
    return faltas


def _mirar(pestana, nombre):
    for ancho, tema, reglas in MIRADAS:
        pestana.set_viewport_size({"width": ancho, "height": 800})
        pestana.emulate_media(color_scheme=tema, reduced_motion="reduce")
        yield from (f"{nombre} ({ancho} px, {tema}): {falta}" for falta in _faltas(pestana, reglas))


@pytest.mark.navegador
@pytest.mark.lenta
@pytest.mark.django_db(transaction=True)
def test_nadie_encuentra_una_barrera(chromium, live_server):
    paginas = poblar()
    # Solo axe se salta la política de contenido, para poder entrar en la página.
    pestana = chromium.new_context(locale="es-PE", bypass_csp=True).new_page()
    faltas = []
    for nombre, ruta in paginas.items():
        pestana.goto(live_server.url + ruta)
        faltas += _mirar(pestana, nombre)
    for nombre in ("inscripción", "suscripción", "pedir las preferencias", "encuesta"):
        pestana.goto(live_server.url + paginas[nombre])
        pestana.locator("main .acciones button").click()
        pestana.locator(".resumen-errores").wait_for()
        faltas += _mirar(pestana, f"{nombre} con errores")
    pestana.context.close()
    assert faltas == []


@pytest.fixture
def paginas(db):
    return poblar()


def _peso(respuesta):
    """Lo que viaja la primera vez: la página, sus hojas de estilo y sus guiones, comprimidos."""
    estaticos = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', respuesta.content.decode())
    archivos = [Path(finders.find(ruta)).read_bytes() for ruta in set(estaticos)]
    return sum(len(gzip.compress(octetos)) for octetos in [respuesta.content, *archivos])


def test_cada_pagina_pesa_poco_y_pregunta_poco_a_la_base(client, paginas, django_assert_max_num_queries):
    AjustesPortal.load()
    for ruta in paginas.values():
        client.get(ruta)  # menús, catálogos y sinónimos se leen una vez por versión de lo público
    for nombre, ruta in paginas.items():
        caches["publica"].clear()
        with django_assert_max_num_queries(CONSULTAS, info=nombre):
            respuesta = client.get(ruta)
        assert _peso(respuesta) < PESO_MAXIMO, nombre


def test_navegar_no_deja_cookies(client, paginas):
    dejan = {nombre for nombre, ruta in paginas.items() if client.get(ruta).cookies}

    assert dejan == CON_FORMULARIO
