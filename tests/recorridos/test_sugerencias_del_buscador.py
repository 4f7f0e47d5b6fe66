"""El buscador con teclado: sugiere, recorre, abre y, sin elegir, busca lo escrito. Sin JavaScript, busca igual."""

import pytest

from home.carga import cargar_paginas
from tests import personas
from tests.fabricas import CapacitacionFactory

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def portal(live_server):
    personas.cusco()
    cargar_paginas()
    CapacitacionFactory(titulo="Formulación presupuestaria")
    return live_server.url


def test_con_flechas_se_elige_y_con_enter_se_abre(pagina, portal):
    pagina.goto(f"{portal}/buscar/")
    campo = pagina.locator("#q")
    campo.press_sequentially("presu", delay=20)
    pagina.locator("#q-sugerencias [role=option]").first.wait_for()
    assert campo.get_attribute("aria-expanded") == "true"

    campo.press("ArrowDown")

    elegida = pagina.locator(f"#{campo.get_attribute('aria-activedescendant')}")
    assert elegida.get_attribute("aria-selected") == "true"
    assert "Formulación presupuestaria" in elegida.inner_text()
    campo.press("Enter")
    pagina.wait_for_url("**/capacitaciones/formulacion-presupuestaria*/")


def test_escape_cierra_y_enter_busca_lo_escrito(pagina, portal):
    pagina.goto(f"{portal}/buscar/")
    campo = pagina.locator("#q")
    campo.press_sequentially("presu", delay=20)
    pagina.locator("#q-sugerencias [role=option]").first.wait_for()

    campo.press("Escape")

    assert campo.get_attribute("aria-expanded") == "false"
    assert campo.input_value() == "presu"
    campo.press("Enter")
    pagina.wait_for_url("**/buscar/?q=presu")


def test_sin_javascript_se_busca_con_el_boton(chromium, portal):
    contexto = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    pestana = contexto.new_page()
    pestana.goto(f"{portal}/buscar/")
    pestana.locator("#q").fill("presupuesto")
    pestana.locator("main").get_by_role("button", name="Buscar").click()
    assert "Formulación presupuestaria" in pestana.locator("main").inner_text()
    contexto.close()
