"""Una vecina se suscribe, confirma, cambia lo que recibe, hace una pausa y se va; con un teléfono y sin JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from boletines.models import Suscriptor
from boletines.segmentos import Segmento
from correo.models import Envio, Supresion
from tests import personas
from tests.fabricas import SistemaFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]
CORREO = "rosa@muniwanchaq.example"


@pytest.fixture
def telefono(chromium, live_server, settings):
    settings.URL_DEL_SITIO = live_server.url
    pagina = chromium.new_context(
        locale="es-PE", java_script_enabled=False, viewport={"width": 360, "height": 740}
    ).new_page()
    yield pagina
    pagina.context.close()


def enlace_de(que):
    return re.search(rf"http\S+/suscripcion/{que}/\S+", Envio.objects.order_by("-pk")[0].texto)[0]


def test_suscribirse_confirmar_cambiar_pausar_y_darse_de_baja(telefono, live_server):
    cusco, presupuesto = personas.cusco(), SistemaFactory()
    main = telefono.locator("main")

    telefono.goto(f"{live_server.url}/suscripcion/")
    telefono.get_by_label("Correo electrónico").fill(CORREO)
    telefono.get_by_label("Centro que le corresponde").select_option("Cusco")
    telefono.get_by_label("Los comunicados del MEF").uncheck()
    telefono.get_by_label("He leído el aviso", exact=False).check()
    telefono.get_by_role("button", name="Suscribirme").click()
    expect(main).to_contain_text("Revise su correo")
    assert not Suscriptor.objects.confirmados().exists()

    telefono.goto(enlace_de("confirmar"))
    telefono.get_by_role("button", name="Confirmar").click()
    expect(main).to_contain_text("Suscripción confirmada")
    assert Suscriptor.objects.de_la_edicion(cusco).get().correo == CORREO
    assert Segmento(("suscriptores",), correo="comunicados").contar(None) == 0

    telefono.goto(f"{live_server.url}/suscripcion/preferencias/")
    telefono.get_by_label("Correo electrónico").fill(CORREO)
    telefono.get_by_role("button", name="Enviarme el enlace").click()
    expect(main).to_contain_text("Si esa dirección está suscrita")
    preferencias = enlace_de("preferencias")
    telefono.goto(preferencias)
    expect(telefono.get_by_label("Los comunicados del MEF")).not_to_be_checked()
    telefono.get_by_label("El boletín, una vez al mes").uncheck()
    telefono.get_by_label("Los comunicados del MEF").check()
    telefono.get_by_label(presupuesto.nombre).check()
    telefono.get_by_role("button", name="Guardar").click()
    expect(main).to_contain_text("Guardamos sus preferencias")
    assert Segmento(("suscriptores",), sistemas=(presupuesto.pk,)).contar(None) == 1
    assert not Suscriptor.objects.de_la_edicion(cusco).exists()

    telefono.goto(preferencias)
    telefono.get_by_role("button", name="Pausar").click()
    expect(main).to_contain_text("está en pausa")
    assert Segmento(("suscriptores",)).contar(None) == 0

    telefono.goto(preferencias)
    expect(main).to_contain_text("En pausa hasta el")
    assert telefono.evaluate("document.documentElement.scrollWidth") <= 360
    telefono.get_by_role("button", name="Dejar de recibir todo").click()
    expect(main).to_contain_text("Ya no le escribiremos")
    assert Suscriptor.objects.get().estado == "baja"
    assert Supresion.objects.get().direccion == CORREO
    telefono.goto(preferencias)
    expect(main).to_contain_text("ya está de baja")
