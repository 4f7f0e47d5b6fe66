"""La parte de un centro se escribe y se entrega con el teclado, en un teléfono de 360 px (R107)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from boletines.actions.edicion import abrir_edicion
from boletines.models import Aporte
from tests import personas

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador]


@pytest.fixture
def aporte(live_server):
    hoy = timezone.localdate()
    personas.cusco()
    return abrir_edicion(anio=hoy.year, mes=hoy.month).aportes.get(centro__nombre="Cusco")


@pytest.fixture
def entrar(pagina, client, live_server):
    def como(usuario, url):
        client.force_login(usuario)
        galleta = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        pagina.context.add_cookies([galleta])
        pagina.goto(live_server.url + url)
        return pagina

    return como


def test_se_agrega_una_novedad_y_se_entrega_sin_raton(entrar, aporte):
    pagina = entrar(personas.coordinadora_de_cusco(), reverse("aporte", args=[aporte.pk]))
    assert pagina.locator("#novedad fieldset:visible").count() == 0
    pagina.get_by_label("Editorial").focus()
    pagina.keyboard.type("Gracias por su esfuerzo.")
    pagina.get_by_role("button", name="+ Agregar una novedad").focus()
    pagina.keyboard.press("Enter")
    pagina.keyboard.type("Feria en la plaza")
    pagina.get_by_role("button", name="Entregar").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_role("link", name="Feria en la plaza").wait_for()

    assert pagina.get_by_label("Editorial").input_value() == "Gracias por su esfuerzo."
    pagina.locator("#novedad fieldset:visible").get_by_label("Texto").focus()
    pagina.keyboard.type("Fuimos a la plaza.")
    pagina.get_by_role("button", name="Entregar").focus()
    pagina.keyboard.press("Enter")
    pagina.get_by_text("Entregado. Gracias.").wait_for()
    assert pagina.evaluate("document.documentElement.scrollWidth") == 360
    assert Aporte.objects.get(pk=aporte.pk).notas.get().titulo == "Feria en la plaza"


def test_el_tablero_cabe_en_el_telefono(entrar, aporte):
    pagina = entrar(personas.comunicaciones(), reverse("boletin_tablero"))
    pagina.get_by_role("link", name="Cusco", exact=True).wait_for()
    assert pagina.evaluate("document.documentElement.scrollWidth") == 360
    marco = pagina.locator(".listado-marco").first
    assert marco.evaluate("m => m.scrollWidth <= m.clientWidth")
