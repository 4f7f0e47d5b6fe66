"""Digitar con el teclado las encuestas de papel: treinta en menos de cinco minutos (R94)."""

import re
import time

import pytest
from django.urls import reverse

from eventos.models import Calificacion, RespuestaEncuesta
from eventos.models.encuesta import ITEMS_CONTENIDO, ITEMS_EXPOSITOR, ITEMS_GENERAL, ITEMS_LOGISTICA
from tests import personas
from tests.eventos.intranet.ayudas import completa, con_participantes
from tests.fabricas import ExpositorFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]
HOJAS = 30
MINUTOS = 5
# Quien digita mirando la hoja pulsa unas cuatro teclas por segundo, y voltea la hoja en dos.
ENTRE_TECLAS, POR_HOJA = 0.25, 2


@pytest.fixture
def capacitacion(live_server):
    personas.cusco()
    capacitacion = con_participantes(completa(dias=-2), HOJAS)
    ExpositorFactory(capacitacion=capacitacion)
    return capacitacion


@pytest.fixture
def pantalla(chromium, live_server, client, capacitacion):
    client.force_login(personas.asistente_de_cusco())
    contexto = chromium.new_context(locale="es-PE", viewport={"width": 1280, "height": 800})
    contexto.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    pestana = contexto.new_page()
    pestana.goto(live_server.url + reverse("eventos_intranet:encuestas", args=[capacitacion.pk]))
    yield pestana
    contexto.close()


def test_treinta_encuestas_se_digitan_en_menos_de_cinco_minutos(pantalla, capacitacion):
    preguntas = len([*ITEMS_CONTENIDO, *ITEMS_LOGISTICA, *ITEMS_GENERAL]) + 2 * len(ITEMS_EXPOSITOR)
    pantalla.locator("[data-nota]").first.focus()
    comienzo, teclas = time.monotonic(), 0
    for hoja in range(HOJAS):
        notas = "".join(str(1 + (hoja + n) % 4) for n in range(preguntas))
        pantalla.keyboard.type(notas)  # cada número pasa solo a la siguiente casilla
        if hoja + 1 < HOJAS:
            pantalla.keyboard.press("Enter")
        teclas += preguntas + 1
    pantalla.get_by_role("button", name="Guardar las encuestas").click()
    pantalla.get_by_text(f"Se guardaron {HOJAS} encuestas").wait_for()
    maquina = time.monotonic() - comienzo

    assert RespuestaEncuesta.objects.count() == HOJAS
    assert Calificacion.objects.count() == HOJAS * preguntas
    assert sorted(Calificacion.objects.values_list("valor", flat=True).distinct()) == [1, 2, 3, 4]
    # Ninguna tecla de más: una por nota y una por hoja.
    assert teclas == HOJAS * (preguntas + 1)
    assert maquina + teclas * ENTRE_TECLAS + HOJAS * POR_HOJA < MINUTOS * 60


def test_enter_lleva_a_la_hoja_siguiente_y_las_que_faltan_se_agregan_solas(pantalla):
    pantalla.locator("[data-nota]").first.focus()
    for _ in range(12):
        pantalla.keyboard.type("4")
        pantalla.keyboard.press("Enter")
    nombre = pantalla.evaluate("document.activeElement.name")
    assert re.fullmatch(r"hojas-12-.*", nombre)
    assert pantalla.evaluate("document.activeElement.getBoundingClientRect().top") > 0
