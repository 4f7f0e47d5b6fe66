"""Una fecha que no existe no se vuelve otra: se queda como se escribió y se dice."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from directorio.models import Personal
from tests import personas

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador]


@pytest.mark.parametrize("escrita", ["31/02/2026", "ayer"])
def test_la_fecha_que_no_existe_no_se_vuelve_otra_y_se_dice(pagina, live_server, escrita):
    cusco, navegador = personas.cusco(), Client()
    navegador.force_login(personas.directora_de_ogauc())
    sesion = navegador.cookies[settings.SESSION_COOKIE_NAME].value
    pagina.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": sesion, "url": live_server.url}])
    pagina.goto(live_server.url + reverse("directorio_personal_modeladmin_create"))
    for campo, texto in (("nombres", "Rosa"), ("apellidos", "Quispe"), ("desde", escrita)):
        pagina.locator(f"[name={campo}]").fill(texto)
    pagina.locator("[name=desde]").press("Tab")
    expect(pagina.locator("[name=desde]")).to_have_value(escrita)
    pagina.locator("[name=cargo]").select_option("asistente")
    pagina.locator("[name=centro]").select_option(str(cusco.pk))
    pagina.locator("[name=nombres]").press("Enter")
    expect(pagina.get_by_text("Introduzca una fecha válida")).to_be_visible()
    assert not Personal.objects.exists()
