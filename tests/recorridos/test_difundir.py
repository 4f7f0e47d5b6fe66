"""Reenviar un comunicado a los operadores de su sistema, y escribir y enviar un correo informativo (R111, R112)."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from boletines.models import ComunicadosIndexPage, CorreoDifundido
from directorio.models import Personal
from home.carga import cargar_paginas
from tests import personas
from tests.boletines.conftest import nuevo_comunicado
from tests.fabricas import EntidadFactory, OperadorFactory, PersonalFactory, SistemaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]
CLICS = 4  # lo más que admite el encargo, desde el menú


@pytest.fixture
def sesion(live_server, pagina):
    """La especialista de Cusco, en un teléfono, con tres operadores de presupuesto y un comunicado vigente."""
    cusco = personas.cusco()
    cargar_paginas()
    PersonalFactory(cargo=Personal.Cargo.COORDINADOR, centro=cusco, correo="coordinadora@mef.example")
    for n in range(3):
        entidad = EntidadFactory(centro=cusco)
        OperadorFactory(entidad=entidad, correo=f"operador{n}@muni.example").sistemas.add(SistemaFactory())
    recien = {"fecha": timezone.localdate(), "first_published_at": timezone.now(), "sistema": SistemaFactory()}
    nuevo_comunicado(ComunicadosIndexPage.objects.get(), "Cierre del SIAF", **recien)
    navegador = Client()
    navegador.force_login(personas.especialista_de_cusco())
    sesion = navegador.cookies[settings.SESSION_COOKIE_NAME].value
    pagina.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesion, "url": live_server.url}])
    pagina.goto(f"{live_server.url}/intranet/")
    return pagina


class Dedo:
    """Toca y cuenta."""

    def __init__(self):
        self.clics = 0

    def tocar(self, elemento):
        elemento.click()
        self.clics += 1


def sin_desbordar(pagina):
    """A 360 px nada obliga a deslizarse de lado."""
    return pagina.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_reenviar_un_comunicado_a_los_suyos_toma_a_lo_mas_cuatro_clics(sesion):
    dedo = Dedo()
    dedo.tocar(sesion.get_by_role("link", name="Cierre del SIAF"))  # desde la bandeja
    assert sin_desbordar(sesion)
    dedo.tocar(sesion.get_by_role("button", name="Enviar a 3 direcciones"))
    sesion.get_by_text("Comunicado en la bandeja de salida: 3 direcciones").wait_for()
    assert sin_desbordar(sesion)
    assert dedo.clics <= CLICS

    correo = CorreoDifundido.objects.get()
    assert correo.envio.entregas.filter(es_copia=False).count() == 3
    assert correo.envio.entregas.get(es_copia=True).direccion == "coordinadora@mef.example"


def test_desde_el_menu_tambien(sesion, live_server):
    sesion.set_viewport_size({"width": 1280, "height": 900})
    dedo = Dedo()
    dedo.tocar(sesion.get_by_role("button", name="Difusión"))
    dedo.tocar(sesion.get_by_role("link", name="Comunicados y correos"))
    dedo.tocar(sesion.get_by_role("link", name="Reenviar: Cierre del SIAF"))
    dedo.tocar(sesion.get_by_role("button", name="Enviar a 3 direcciones"))
    sesion.get_by_text("Comunicado en la bandeja de salida").wait_for()
    print(f"Reenviar un comunicado: {dedo.clics} clics desde el menú")  # noqa: T201 - la medida
    assert dedo.clics <= CLICS


def test_escribir_revisar_y_enviar_un_correo_informativo(sesion, live_server):
    sesion.goto(f"{live_server.url}/intranet/difusion/informativo/")
    assert sin_desbordar(sesion)
    sesion.get_by_label("Asunto").fill("Errores de noviembre")
    editor = sesion.locator("[contenteditable=true]").first
    editor.click()
    sesion.keyboard.type("Revise las notas del mes.")
    sesion.wait_for_timeout(600)  # el editor guarda lo tecleado con una pausa
    sesion.get_by_role("button", name="Guardar y ver").click()
    sesion.get_by_text("Borrador guardado").wait_for()
    assert sin_desbordar(sesion)
    vista = sesion.frame_locator("iframe[title='Vista previa del correo']")
    assert vista.locator("p", has_text="Revise las notas del mes.").first.is_visible()

    sesion.get_by_role("button", name="Enviar a 3 direcciones").click()
    sesion.get_by_text("Correo en la bandeja de salida").wait_for()

    correo = CorreoDifundido.objects.get()
    assert "Revise las notas del mes." in correo.envio.texto
    assert correo.envio.entregas.filter(es_copia=True).count() == 1
