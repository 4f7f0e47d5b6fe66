"""Un navegador de verdad: el Chromium del sistema, conducido por Playwright."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Lo que falla es lo que no llega, no lo que una máquina cargada trae despacio: como todo lo demás de Playwright, 30 s.
expect.set_options(timeout=30_000)
OPCIONES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


def pytest_collection_modifyitems(items):
    """Antes de integrar, la que falla en el navegador se repite una vez y el resumen la nombra (RERUN): se investiga.

    Lo roto falla las dos veces. En la máquina de quien desarrolla no se repite nada.
    """
    if os.environ.get("CI"):
        for prueba in items:
            if prueba.get_closest_marker("navegador"):
                prueba.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("No hay Chromium en esta máquina: instale el paquete «chromium» para recorrer el portal.")
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=CHROMIUM, args=OPCIONES)
        yield navegador
        navegador.close()


@pytest.fixture
def pagina(chromium):
    """Una pestaña de teléfono (360 px) que falla la prueba si la página lanza un error de JavaScript."""
    contexto = chromium.new_context(locale="es-PE", timezone_id="America/Lima", viewport={"width": 360, "height": 780})
    errores = []
    pestana = contexto.new_page()
    pestana.on("pageerror", lambda error: errores.append(str(error)))
    yield pestana
    contexto.close()
    assert not errores, errores
