"""Inscribirse de principio a fin solo con el teclado (Tab, Enter, espacio y flechas), con y sin JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from eventos.models import Inscripcion
from tests import personas
from tests.fabricas import CapacitacionFactory, EntidadFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]

# Cómo se llama lo que tiene el foco, y si se ve dónde está.
FOCO = """() => {
  const e = document.activeElement;
  const rotulo = e.labels && e.labels[0] ? e.labels[0] : e;
  const caja = e.getBoundingClientRect();
  return {
    nombre: (e.getAttribute("aria-label") || rotulo.textContent).trim().replace(/\\s+/g, " "),
    caja: [caja.top, caja.bottom, caja.width, innerHeight, getComputedStyle(e).outlineStyle],
    visible: caja.width > 0 && caja.bottom > 0 && caja.top < innerHeight && getComputedStyle(e).outlineStyle !== "none",
  };
}"""
MUCHOS = 60


@pytest.fixture
def capacitacion(live_server):
    cusco = personas.cusco()
    EntidadFactory(nombre="Municipalidad Distrital de Wanchaq", centro=cusco)
    EntidadFactory(nombre="Municipalidad Distrital de Santiago", centro=cusco)
    return CapacitacionFactory(titulo="Conciliación bancaria", centro=cusco, cupos=5)


@pytest.fixture
def sin_guiones(chromium):
    contexto = chromium.new_context(locale="es-PE", java_script_enabled=False, viewport={"width": 360, "height": 780})
    yield contexto.new_page()
    contexto.close()


def ir_a(pagina, nombre):
    """Tab hasta lo que se llama ``nombre`` (su comienzo); el foco siempre se ve."""
    recorrido = []
    for _ in range(MUCHOS):
        pagina.keyboard.press("Tab")
        foco = pagina.evaluate(FOCO)
        recorrido.append(foco["nombre"][:40])
        if foco["nombre"].startswith(nombre):
            assert foco["visible"], f"no se ve el foco en «{nombre}»: {foco}"
            return
    pytest.fail(f"con Tab no se llega a «{nombre}»: {recorrido}")


def escribir(pagina, **campos):
    for rotulo, valor in campos.items():
        ir_a(pagina, rotulo.replace("_", " "))
        pagina.keyboard.type(valor)


def abrir_el_formulario(pagina, live_server, capacitacion):
    pagina.emulate_media(reduced_motion="reduce")  # sin esperar a que la página termine de deslizarse
    pagina.goto(live_server.url + capacitacion.get_absolute_url())
    ir_a(pagina, "Inscribirme")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Inscripción")


def aceptar_y_enviar(pagina):
    ir_a(pagina, "Leí el aviso")
    pagina.keyboard.press("Space")
    ir_a(pagina, "Inscribirme")
    pagina.keyboard.press("Enter")


def test_con_javascript_una_tesorera_se_inscribe_con_su_colega(pagina, live_server, capacitacion):
    abrir_el_formulario(pagina, live_server, capacitacion)
    ir_a(pagina, "Tipo de documento")
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("ArrowUp")
    escribir(pagina, Número_de_documento="41234567", Nombres="Rosa Elena", Apellidos="Quispe Ttito")
    escribir(pagina, Entidad_donde_trabaja="muni wanchaq")
    expect(pagina.locator(".combo-lista li").first).to_contain_text("Wanchaq")
    pagina.keyboard.press("ArrowDown")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("combobox", name="Entidad donde trabaja")).to_have_value(re.compile("Wanchaq"))
    escribir(pagina, Cargo="Tesorera", Correo="tesoreria@muni.example", Teléfono="984123456")
    ir_a(pagina, "Agregar a un colega")
    pagina.keyboard.press("Enter")
    assert pagina.evaluate(FOCO)["nombre"] == "Tipo de documento", "el foco pasa a la fila nueva"
    escribir(pagina, Número_de_documento="41234568", Nombres="Pedro", Apellidos="Condori", Cargo="Contador")
    aceptar_y_enviar(pagina)

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Inscribió a 2 personas")
    assert Inscripcion.objects.confirmadas().filter(entidad__nombre__contains="Wanchaq").count() == 2


def test_con_javascript_se_quita_la_fila_que_sobra(pagina, live_server, capacitacion):
    abrir_el_formulario(pagina, live_server, capacitacion)
    ir_a(pagina, "Agregar a un colega")
    pagina.keyboard.press("Enter")
    ir_a(pagina, "Quitar a Colega 1")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("fieldset.colega")).to_have_count(0)
    assert pagina.evaluate(FOCO)["nombre"] == "Agregar a un colega", "el foco no se pierde"


def test_sin_javascript_una_tesorera_se_inscribe_con_su_colega(sin_guiones, live_server, capacitacion):
    pagina = sin_guiones
    abrir_el_formulario(pagina, live_server, capacitacion)
    escribir(pagina, Número_de_documento="41234567", Nombres="Rosa Elena", Apellidos="Quispe Ttito")
    escribir(pagina, Entidad_donde_trabaja="municipalidad distrital")
    ir_a(pagina, "Buscar entidad")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("radio", name=re.compile("Wanchaq"))).to_be_visible()
    ir_a(pagina, "Municipalidad Distrital de")
    pagina.keyboard.press("Space")
    if "Wanchaq" not in pagina.evaluate(FOCO)["nombre"]:
        pagina.keyboard.press("ArrowDown")
    escribir(pagina, Cargo="Tesorera", Correo="tesoreria@muni.example", Teléfono="984123456")
    ir_a(pagina, "Agregar a un colega")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("fieldset.colega")).to_have_count(1)
    escribir(pagina, Número_de_documento="41234568", Nombres="Pedro", Apellidos="Condori", Cargo="Contador")
    aceptar_y_enviar(pagina)

    expect(pagina.get_by_role("heading", level=1)).to_have_text("Inscribió a 2 personas")
    assert Inscripcion.objects.confirmadas().filter(entidad__nombre__contains="Wanchaq").count() == 2
