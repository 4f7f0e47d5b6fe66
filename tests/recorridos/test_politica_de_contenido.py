"""Ninguna página pide lo que su política de contenido le niega: se abren en Chromium y se escucha la consola."""

import pytest
from django.test import Client

from home.carga import cargar_paginas
from tests import fabricas
from tests.recorridos.poblado import poblar

# Las que hacen algo con guiones o estilos; las demás son las mismas plantillas con otros datos.
PUBLICAS = (
    "inicio|calendario|centros|capacitación|inscripción|encuesta|mural|datos abiertos|marco para otra web|boletines"
)
DE_ENTRADA = ["/acceso/entrar/", "/acceso/olvide/"]


class Oido:
    """Las quejas de la política de contenido de una pestaña, dichas por el navegador."""

    def __init__(self, pestana):
        self.pestana, self.quejas = pestana, []
        pestana.on("console", lambda mensaje: self._anotar(mensaje.text))

    def _anotar(self, texto):
        if "Content Security Policy" in texto or "Permissions-Policy" in texto or "Refused to" in texto:
            self.quejas.append(f"{self.pestana.url}: {texto}")

    def abrir(self, url):
        respuesta = self.pestana.goto(url)
        assert respuesta.ok, (url, respuesta.status)
        self.pestana.wait_for_load_state("networkidle")


@pytest.fixture
def oido(chromium):
    contexto = chromium.new_context(locale="es-PE", viewport={"width": 1280, "height": 900})
    yield Oido(contexto.new_page())
    contexto.close()


def _entra(oido, live_server, settings):
    cliente = Client()
    cliente.force_login(fabricas.UsuarioFactory(is_superuser=True, is_staff=True))
    sesion = cliente.cookies[settings.SESSION_COOKIE_NAME].value
    oido.pestana.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesion, "url": live_server.url}])


@pytest.mark.navegador
@pytest.mark.lenta
@pytest.mark.django_db(transaction=True)
def test_lo_publico_y_la_entrada_cumplen_su_politica(oido, live_server):
    elegidas = [ruta for nombre, ruta in poblar().items() if nombre in PUBLICAS.split("|")]
    assert len(elegidas) > 5
    for ruta in [*elegidas, *DE_ENTRADA]:
        oido.abrir(live_server.url + ruta)
    assert oido.quejas == []


@pytest.mark.navegador
@pytest.mark.lenta
@pytest.mark.django_db(transaction=True)
def test_la_intranet_su_editor_y_su_vista_previa_tambien(oido, live_server, settings):
    inicio = cargar_paginas()
    _entra(oido, live_server, settings)
    for ruta in ("/intranet/", "/acceso/segundo-factor/", f"/intranet/pages/{inicio.pk}/edit/"):
        oido.abrir(live_server.url + ruta)
    boton = oido.pestana.locator("[data-side-panel-toggle='preview']").first
    boton.click()
    marco = oido.pestana.frame_locator(
        "#w-preview-iframe, iframe[data-preview-panel], [data-w-preview-target='iframe']"
    )
    marco.first.locator("main").wait_for()
    assert oido.quejas == []


@pytest.mark.navegador
@pytest.mark.lenta
@pytest.mark.django_db(transaction=True)
def test_control_un_guion_en_linea_no_corre_y_se_oye(oido, live_server):
    oido.pestana.route("**/acceso/entrar/", _con_un_guion)
    oido.abrir(live_server.url + "/acceso/entrar/")
    assert oido.pestana.evaluate("window.colado") is None
    assert any("script-src 'self'" in queja for queja in oido.quejas)


def _con_un_guion(ruta):
    respuesta = ruta.fetch()
    ruta.fulfill(
        response=respuesta, body=respuesta.text().replace("</main>", "</main><script>window.colado = 1</script>")
    )
