"""De la campaña al dato corregido: la entidad abre su enlace en un teléfono, corrige, y alguien lo acepta."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from correo.models import Entrega
from directorio.models import Entidad, Propuesta
from tests import personas
from tests.directorio.campanias import HACE_UN_ANIO, con_ficha
from tests.fabricas import AutoridadFactory, EntidadFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]


def entrar(pagina, client, live_server, usuario):
    client.force_login(usuario)
    galleta = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    pagina.context.add_cookies([galleta])


def test_de_la_campania_al_dato_corregido(pagina, client, chromium, live_server, settings):
    settings.URL_DEL_SITIO = live_server.url
    coordinadora = personas.coordinadora_de_cusco()
    con_ficha(coordinadora)
    entidad = EntidadFactory(
        nombre="Municipalidad de Wanchaq",
        centro=coordinadora.centro,
        correo="mesa@muni.example",
        telefono="084111222",
        verificado_en=HACE_UN_ANIO,
    )
    alcaldesa = AutoridadFactory(entidad=entidad)
    pagina.set_viewport_size({"width": 1280, "height": 900})
    entrar(pagina, client, live_server, coordinadora)

    pagina.goto(f"{live_server.url}/intranet/directorio/campanias/nueva/")
    pagina.locator("[name=nombre]").fill("Nuevas autoridades")
    pagina.locator("[name=motivo]").fill("Las nuevas autoridades asumen el 1 de enero")
    pagina.locator("[name=vence_el]").fill(f"{timezone.localdate() + dt.timedelta(days=20):%d/%m/%Y}")
    calendario = pagina.locator(".xdsoft_datetimepicker").filter(visible=True)
    calendario.wait_for()  # se abre un instante después de entrar al campo, y tapa el botón
    pagina.keyboard.press("Tab")
    calendario.wait_for(state="hidden")
    pagina.get_by_role("button", name="Ver a quiénes").click()
    expect(pagina.locator("#previa")).to_contain_text("1 correo y 0 por llamar")
    pagina.get_by_role("button", name="Iniciar y enviar").click()
    expect(pagina.locator("body")).to_contain_text("Campaña iniciada")

    enlace = Entrega.objects.get().url_baja
    telefono = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740}).new_page()
    telefono.goto(enlace)
    assert telefono.evaluate("document.documentElement.scrollWidth") <= 360
    telefono.get_by_label("Teléfono de la entidad").fill("084999000")
    telefono.get_by_role("group", name=re.compile(alcaldesa.apellidos)).get_by_label("Ya no trabaja aquí").check()
    telefono.get_by_role("button", name="Enviar correcciones").click()
    expect(telefono.locator("main")).to_contain_text("Gracias")
    telefono.context.close()
    assert Entidad.objects.get().telefono == "084111222"

    pagina.goto(f"{live_server.url}/intranet/directorio/propuestas/")
    pagina.get_by_role("button", name=re.compile(r"Aceptar\s*: Cambio")).click()
    expect(pagina.locator("body")).to_contain_text("aceptada")
    entidad.refresh_from_db()
    assert (entidad.telefono, entidad.verificado_en) == ("084999000", timezone.localdate())

    pagina.get_by_role("button", name=re.compile(r"Rechazar\s*: Ya no trabaja")).click()
    expect(pagina.locator("body")).to_contain_text("No hay propuestas por revisar")
    alcaldesa.refresh_from_db()
    assert (alcaldesa.hasta, Propuesta.objects.pendientes().count()) == (None, 0)
