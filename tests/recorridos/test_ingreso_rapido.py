"""Ingresar diez capacitaciones solo con el teclado, y cuánto cuesta: la medida del issue 4 es cinco minutos."""

import time

import pytest
from django.conf import settings
from django.test import Client

from eventos.models import Capacitacion
from tests import personas
from tests.fabricas import PersonalFactory, SistemaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]

# Quien digita despacio pulsa dos teclas por segundo.
TECLAS_POR_SEGUNDO = 2
CINCO_MINUTOS = 5 * 60


class Teclado:
    """Pulsa y cuenta. Lo que se copia de arriba o ya viene puesto no cuesta teclas."""

    def __init__(self, pagina):
        self.pagina, self.teclas = pagina, 0

    def escribir(self, texto):
        self.pagina.keyboard.type(texto)
        self.teclas += len(texto)

    def pulsar(self, tecla, veces=1):
        for _ in range(veces):
            self.pagina.keyboard.press(tecla)
            self.teclas += 1


@pytest.fixture
def pagina_de_asistente(live_server, chromium):
    cusco = personas.cusco()
    SistemaFactory()
    PersonalFactory(nombres="Julia", apellidos="Huamán Rojas", centro=cusco)
    asistente = personas.asistente_de_cusco()
    contexto = chromium.new_context(locale="es-PE", viewport={"width": 1280, "height": 800})
    pagina = contexto.new_page()
    errores = []
    pagina.on("pageerror", lambda error: errores.append(str(error)))
    navegador = Client()
    navegador.force_login(asistente)
    sesion = navegador.cookies[settings.SESSION_COOKIE_NAME].value
    contexto.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesion, "url": live_server.url}])
    yield pagina
    contexto.close()
    assert not errores, errores


def test_diez_capacitaciones_se_ingresan_con_el_teclado_en_menos_de_cinco_minutos(pagina_de_asistente, live_server):
    pagina = pagina_de_asistente
    pagina.goto(f"{live_server.url}/intranet/programa/rapido/?mes=2027-03")
    pagina.locator("#id_filas-0-titulo").focus()
    teclado, comienzo = Teclado(pagina), time.monotonic()
    for n in range(10):
        teclado.escribir(f"Ejecución del gasto: caso {n + 1}")
        teclado.pulsar("Tab", 3)  # el tipo y la modalidad ya vienen puestos
        teclado.escribir("Pre")  # el sistema, por sus primeras letras
        teclado.pulsar("Tab")
        teclado.escribir(str(n + 1))
        teclado.pulsar("Tab", 4)  # la hora y el lugar, también
        teclado.escribir("Jul")
        teclado.pulsar("Tab")
        teclado.escribir("Compromiso y devengado") if n == 0 else teclado.pulsar("Control+d")
        teclado.pulsar("Tab")
        teclado.escribir("30")
        teclado.pulsar("Tab")
    pagina.get_by_role("button", name="Guardar todas").click()
    pagina.get_by_text("Se guardaron 10 borradores").wait_for()
    segundos = time.monotonic() - comienzo
    print(f"Diez capacitaciones: {teclado.teclas} teclas, {segundos:.0f} s de máquina")  # noqa: T201 - la medida
    assert teclado.teclas / TECLAS_POR_SEGUNDO < CINCO_MINUTOS
    guardadas = Capacitacion.objects.all()
    assert guardadas.count() == 10
    assert {str(c.expositores.get()) for c in guardadas} == {"Julia Huamán Rojas"}
    assert {c.expositores.get().tema for c in guardadas} == {"Compromiso y devengado"}
    assert {c.cupos for c in guardadas} == {30}


def test_enter_baja_por_la_columna_y_al_final_agrega_una_fila(pagina_de_asistente, live_server):
    pagina = pagina_de_asistente
    pagina.goto(f"{live_server.url}/intranet/programa/rapido/")
    pagina.locator("#id_filas-8-titulo").focus()
    for _ in range(2):
        pagina.keyboard.press("Enter")
    assert pagina.evaluate("document.activeElement.id") == "id_filas-10-titulo"
    assert pagina.locator("#id_filas-10-desde").input_value() == "9:00"
