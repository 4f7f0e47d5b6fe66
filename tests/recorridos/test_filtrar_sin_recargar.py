"""El calendario se refina sin recargar; la dirección, el anuncio, el foco y el botón atrás siguen siendo de fiar."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from organizacion.models import Jurisdiccion
from tests.eventos.publico.programa import crear_programa
from tests.fabricas import CapacitacionFactory, ProvinciaFactory

pytestmark = [pytest.mark.navegador, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def calendario(pagina, live_server, inicio, cusco, arequipa):
    crear_programa(cusco, arequipa)
    provincia = ProvinciaFactory(codigo="0806", nombre="Canchis")
    Jurisdiccion.objects.create(centro=cusco, provincia=provincia, desde=dt.date(2020, 1, 1))
    documentos = []
    pagina.on("request", lambda pedido: documentos.append(pedido.url) if pedido.resource_type == "document" else None)
    pagina.goto(f"{live_server.url}/capacitaciones/")
    pagina.get_by_text("Buscar y filtrar").click()
    pagina.documentos = documentos
    return pagina


def test_al_filtrar_cambia_la_lista_la_direccion_y_el_anuncio_sin_recargar(calendario):
    calendario.get_by_label("Cerca de mí: departamento").select_option(label="Cusco")
    calendario.get_by_label("Provincia").select_option(label="Canchis")
    calendario.get_by_label("Con cupos libres").check()
    campo = calendario.get_by_label("Tema o lugar")
    campo.press_sequentially("formulacion")

    expect(calendario.locator("#anuncio")).to_have_text("Próximas capacitaciones: 1 resultado")
    expect(calendario).to_have_url(
        f"{calendario.documentos[0]}?q=formulacion&departamento=08&provincia=0806&cupos=libres"
    )
    expect(calendario.locator(".evento-titulo")).to_have_text(["Formulación presupuestaria"])
    expect(campo).to_be_focused()
    assert len(calendario.documentos) == 1


def test_un_filtro_se_quita_y_se_cambia_de_vista_sin_perder_los_demas(calendario):
    calendario.get_by_label("Con cupos libres").check()
    expect(calendario.locator("#anuncio")).to_have_text("Próximas capacitaciones: 4 resultados")
    calendario.locator("summary", has_text="Modalidad").click()
    calendario.get_by_label("Virtual").check()
    expect(calendario.locator("#anuncio")).to_have_text("Próximas capacitaciones: 1 resultado")

    calendario.get_by_role("link", name="Quitar Con cupos libres").click()
    expect(calendario.locator("#id_cupos_0")).not_to_be_checked()
    expect(calendario.locator(".calendario-foco")).to_be_focused()
    calendario.get_by_role("link", name="Pasadas", exact=True).click()

    expect(calendario).to_have_url(f"{calendario.documentos[0]}?vista=pasadas&modalidad=virtual")
    assert len(calendario.documentos) == 1


def test_atras_vuelve_a_la_pagina_entera_con_lo_que_tenia(calendario):
    calendario.get_by_label("Con cupos libres").check()
    expect(calendario.locator("#anuncio")).to_have_text("Próximas capacitaciones: 4 resultados")
    calendario.get_by_role("link", name="Mes", exact=True).click()
    expect(calendario.locator("table.mes")).to_be_visible()

    calendario.go_back()
    expect(calendario.locator("table.mes")).to_have_count(0)
    expect(calendario.get_by_role("heading", level=1)).to_have_text("Capacitaciones")
    expect(calendario.locator("#id_cupos_0")).to_be_checked()
    calendario.get_by_role("link", name="Formulación presupuestaria").click()
    expect(calendario.get_by_role("heading", level=1)).to_have_text("Formulación presupuestaria")
    calendario.go_back()

    expect(calendario.get_by_role("heading", level=1)).to_have_text("Capacitaciones")
    expect(calendario.locator(".evento-titulo")).to_have_count(4)


def test_si_la_red_falla_se_dice_y_la_lista_queda_como_estaba(calendario):
    calendario.context.set_offline(True)
    calendario.get_by_label("Con cupos libres").check()
    expect(calendario.locator("#anuncio")).to_contain_text("revise su conexión")
    expect(calendario.locator(".evento-titulo")).to_have_count(5)


def test_sin_javascript_los_mismos_filtros_sirven(chromium, live_server, inicio, cusco, arequipa):
    crear_programa(cusco, arequipa)
    pestana = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780}).new_page()
    pestana.goto(f"{live_server.url}/capacitaciones/?vista=mes&mes={timezone.localdate():%Y-%m}")
    pestana.get_by_text("Buscar y filtrar").click()
    pestana.locator("summary", has_text="Sistema").click()
    pestana.get_by_label("Tesorería").check()
    pestana.get_by_role("button", name="Ver resultados").click()
    assert "sistema=tesoreria" in pestana.url
    assert "vista=mes" in pestana.url
    expect(pestana.get_by_role("link", name="Quitar Sistema: Tesorería")).to_be_visible()
    pestana.context.close()


def test_el_mes_se_recorre_con_el_teclado_y_cada_enlace_dice_titulo_y_fecha(chromium, live_server, inicio, cusco):
    fecha = timezone.localdate()
    CapacitacionFactory(centro=cusco, titulo="Cierre contable", dias=0)
    pestana = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    pestana.goto(f"{live_server.url}/capacitaciones/?vista=mes")
    pestana.locator(".otros-meses a").last.focus()
    pestana.keyboard.press("Tab")
    nombre = pestana.evaluate("document.activeElement.textContent")
    assert "Cierre contable" in nombre
    assert f"{fecha.day} de " in nombre
    pestana.keyboard.press("Enter")
    expect(pestana.get_by_role("heading", level=1)).to_have_text("Cierre contable")
    pestana.context.close()
