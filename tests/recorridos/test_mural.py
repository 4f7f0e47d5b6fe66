"""El mural en su televisor: rota, se pausa, se lee a tres metros y sigue mostrando lo último sin red."""

import re

import pytest
from django.utils import timezone

from tests import personas
from tests.fabricas import AvisoDeMuralFactory

pytestmark = [pytest.mark.navegador, pytest.mark.lenta, pytest.mark.django_db(transaction=True)]
TELEVISOR = {"width": 1920, "height": 1080}
# A tres metros, en un televisor de 43 pulgadas, una mayúscula de 11 mm se lee sin esfuerzo: letra de 30 px.
LETRA_MINIMA = 30
A_LA_VISTA = "[data-lamina]:not([hidden])"


@pytest.fixture
def mural(live_server):
    cusco = personas.cusco()
    AvisoDeMuralFactory(titulo="Primero", centro=cusco, enlace="https://cas.example/1", plazo=timezone.localdate())
    AvisoDeMuralFactory(titulo="Segundo", seccion="tupa", centro=cusco)
    AvisoDeMuralFactory(titulo="Tercero", seccion="labor", texto="palabra " * 70, centro=cusco)
    return f"{live_server.url}/mural/cusco/"


@pytest.fixture
def contexto(chromium):
    contextos = []

    def nuevo(**opciones):
        base = {"locale": "es-PE", "timezone_id": "America/Lima", "viewport": TELEVISOR}
        contextos.append(chromium.new_context(**base | opciones))
        return contextos[-1]

    yield nuevo
    for uno in contextos:
        uno.close()


def test_sin_red_muestra_lo_ultimo_y_dice_de_cuando_es(contexto, mural):
    television = contexto()
    pestana = television.new_page()
    pestana.goto(mural)
    pestana.locator("[data-mural][data-guardado]").wait_for()
    alto_de_la_cabecera = pestana.locator(".mural-cabecera").bounding_box()["height"]

    television.set_offline(True)
    pestana.reload()

    estado = pestana.locator("[data-conexion]")
    estado.filter(has_text="Sin conexión").wait_for()
    assert re.fullmatch(r"Sin conexión: actualizado a las \d{1,2}:\d\d\s[ap]\.\sm\.", estado.inner_text())
    assert "Tercero" in pestana.locator(A_LA_VISTA).inner_text()
    assert pestana.locator(".mural-cabecera").bounding_box()["height"] <= alto_de_la_cabecera + 2, "no quita lugar"
    assert pestana.evaluate("getComputedStyle(document.querySelector('.mural')).display") == "flex", "con su estilo"

    television.set_offline(False)
    pestana.locator("[data-actualizado]").filter(has_text="Actualizado a las").wait_for()
    assert estado.inner_text() == ""


def test_se_actualiza_solo_sin_perder_la_lamina(contexto, mural):
    pestana = contexto().new_page()
    pestana.clock.install()
    pestana.goto(mural)
    pestana.locator("[data-mural][data-guardado]").wait_for()
    pestana.get_by_role("button", name="Pausar").click()
    pestana.get_by_role("button", name="Lámina siguiente").click()
    AvisoDeMuralFactory(titulo="Recién puesto", centro=personas.cusco())

    pestana.clock.fast_forward(3 * 60 * 1000 + 1000)

    pestana.locator(A_LA_VISTA).filter(has_text="Recién puesto").wait_for()


def test_rota_y_se_pausa_con_el_boton_y_con_la_barra(contexto, mural):
    pestana = contexto().new_page()
    pestana.clock.install()
    pestana.goto(mural)
    a_la_vista = pestana.locator(A_LA_VISTA)
    assert a_la_vista.count() == 1
    primera = a_la_vista.get_attribute("id")

    pestana.clock.run_for(60_000)
    segunda = a_la_vista.get_attribute("id")
    assert segunda != primera

    pestana.keyboard.press("Space")
    pestana.clock.run_for(120_000)
    assert a_la_vista.get_attribute("id") == segunda
    pestana.get_by_role("button", name="Continuar").click()
    pestana.keyboard.press("ArrowLeft")
    assert a_la_vista.get_attribute("id") != segunda


def test_a_quien_prefiere_menos_movimiento_no_se_le_mueve_nada(contexto, mural):
    pestana = contexto(reduced_motion="reduce").new_page()
    pestana.clock.install()
    pestana.goto(mural)
    primera = pestana.locator(A_LA_VISTA).get_attribute("id")

    pestana.clock.run_for(120_000)
    assert pestana.locator(A_LA_VISTA).get_attribute("id") == primera
    pestana.get_by_role("button", name="Lámina siguiente").click()
    assert pestana.locator(A_LA_VISTA).get_attribute("id") != primera


def test_el_plazo_que_vence_a_medianoche_sale_aunque_nadie_recargue(contexto, mural):
    television = contexto()
    pestana = television.new_page()
    pestana.clock.install()
    pestana.goto(mural)
    pestana.locator("[data-mural][data-guardado]").wait_for()
    cas = pestana.locator("#cas-1")
    television.set_offline(True)

    pestana.clock.run_for(60_000)
    assert not cas.get_attribute("data-vencida")
    pestana.clock.fast_forward("24:00:00")

    assert cas.get_attribute("data-vencida") == "1"


def test_se_lee_a_tres_metros_y_nada_se_sale(contexto, mural):
    cusco = personas.cusco()
    largo = {"titulo": "t " * 70, "texto": "palabra " * 75, "enlace": "https://cas.example/2", "centro": cusco}
    AvisoDeMuralFactory(seccion="normas", plazo=timezone.localdate(), **largo)
    AvisoDeMuralFactory.create_batch(6, seccion="comunicados", enlace="https://cas.example/3", centro=cusco)
    pestana = contexto().new_page()
    pestana.goto(mural)
    chica = """() => [...document.querySelectorAll('.mural :is(h1, h2, h3, p, span, time, strong)')]
        .filter((e) => e.offsetParent && e.innerText.trim() && !e.matches('.solo-lectores'))
        .map((e) => [parseFloat(getComputedStyle(e).fontSize), e.innerText])"""
    sobra = """() => {
        const lista = document.querySelector('[data-lamina]:not([hidden]) ul');
        return [lista.scrollHeight - lista.clientHeight, document.documentElement.scrollWidth - innerWidth];
    }"""
    total = int(pestana.locator("[data-cuenta]").inner_text().split()[-1])
    assert total > 4
    for _ in range(total):
        assert [par for par in pestana.evaluate(chica) if par[0] < LETRA_MINIMA] == []
        assert pestana.evaluate(sobra) == [0, 0], pestana.locator(A_LA_VISTA).get_attribute("id")
        pestana.keyboard.press("ArrowRight")


@pytest.mark.parametrize("con_javascript", [True, False], ids=["teléfono", "sin JavaScript"])
def test_sin_rotacion_se_lee_todo_de_corrido(contexto, mural, con_javascript):
    ancho = {"width": 360, "height": 780} if con_javascript else TELEVISOR
    pestana = contexto(viewport=ancho, java_script_enabled=con_javascript).new_page()
    pestana.goto(mural)

    for texto in ("Primero", "Segundo", "Tercero"):
        assert pestana.get_by_role("heading", name=texto).is_visible()
    assert not pestana.get_by_role("button", name="Pausar").is_visible()
