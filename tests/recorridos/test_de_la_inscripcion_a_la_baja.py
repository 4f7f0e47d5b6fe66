"""El recorrido entero, en un navegador y con un servidor de correo de verdad.

Una tesorera encuentra una capacitación y se inscribe; la coordinadora marca su firma y pasa su encuesta;
Comunicaciones escribe el boletín, la OGAUC lo aprueba y se difunde; a la tesorera le llega y se da de baja con un clic.
"""

import re
import urllib.request
from contextlib import contextmanager
from urllib.parse import urlencode, urlparse

import pytest
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from boletines.models import BoletinesIndexPage, BoletinPage, Suscriptor
from correo.models import Entrega
from eventos.cifras import cifras_de
from eventos.models import Asistencia, Capacitacion, Inscripcion, RespuestaEncuesta
from organizacion.models import AjustesPortal, Centro, Sistema
from tests import personas
from tests.fabricas import CapacitacionFactory, ExpositorFactory
from tests.sumidero import Sumidero

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador, pytest.mark.lenta]

CORREO = "tesoreria@muniwanchaq.example"


@pytest.fixture
def portal(live_server, settings):
    """El portal en marcha sobre los datos reales, con un SMTP en esta máquina; devuelve el sumidero."""
    call_command("cargar_datos", verbosity=0)
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"minutos_de_reposo": 0})
    with Sumidero() as sumidero:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sumidero.puerto
        settings.URL_DEL_SITIO = live_server.url
        sumidero.url = live_server.url
        yield sumidero


@pytest.fixture
def capacitacion(portal):
    cusco = Centro.objects.get(slug="cusco")
    nueva = CapacitacionFactory(
        titulo="Conciliación bancaria en el SIAF", centro=cusco, sistemas=[Sistema.objects.get(slug="aplicativos")]
    )
    ExpositorFactory(capacitacion=nueva, nombre="Wilber Ccahuana")
    return nueva


@contextmanager
def sesion_de(pagina, portal, usuario):
    pagina.goto(f"{portal.url}/acceso/entrar/")
    pagina.get_by_label("Usuario").fill(usuario.username)
    pagina.get_by_label("Contraseña", exact=False).first.fill("clave-de-prueba")
    pagina.get_by_role("button", name="Entrar", exact=True).click()
    pagina.wait_for_url(f"{portal.url}/intranet/")
    yield
    pagina.context.clear_cookies()


def llega_hoy(capacitacion):
    """El calendario avanza hasta el día de la capacitación."""
    hoy = timezone.localdate()
    capacitacion.sesiones.update(fecha=hoy)
    Capacitacion.objects.filter(pk=capacitacion.pk).update(fecha_inicio=hoy, fecha_fin=hoy)


def se_inscribe(pagina, portal):
    pagina.goto(portal.url)
    pagina.get_by_label("Busque una capacitación").fill("conciliacion bancaria")
    pagina.locator("main").get_by_role("button", name="Buscar").first.click()
    pagina.get_by_role("link", name="Conciliación bancaria en el SIAF").first.click()
    pagina.get_by_role("link", name="Inscribirme").click()
    pagina.get_by_label("Número de documento").fill("41234567")
    pagina.get_by_label("Nombres").fill("Rosa Elena")
    pagina.get_by_label("Apellidos").fill("Quispe Ttito")
    pagina.get_by_role("combobox", name="Entidad donde trabaja").press_sequentially("muni wanchaq")
    pagina.get_by_role("option", name=re.compile("Distrital de Wanchaq")).click()
    pagina.get_by_label("Cargo").fill("Tesorera")
    pagina.get_by_label("Correo").fill(CORREO)
    pagina.get_by_label("Teléfono").fill("984123456")
    pagina.get_by_label("Leí el aviso", exact=False).check()
    pagina.locator("button.boton", has_text="Inscribirme").click()
    expect(pagina.locator("main")).to_contain_text("Firme al inicio de cada sesión")


def se_suscribe(pagina, portal):
    pagina.goto(f"{portal.url}/suscripcion/")
    pagina.get_by_label("Correo electrónico").fill(CORREO)
    pagina.get_by_label("He leído el aviso", exact=False).check()
    pagina.get_by_role("button", name="Suscribirme").click()
    portal.esperar(2)
    enlace = re.search(r"http\S+/suscripcion/confirmar/\S+", portal.mensajes[-1].parte("text/plain"))[0]
    pagina.goto(enlace)
    assert Suscriptor.objects.get(correo=CORREO).estado == "pendiente", "abrir el enlace no confirma nada"
    pagina.get_by_role("button", name="Confirmar").click()
    expect(pagina.locator("main")).to_contain_text("Suscripción confirmada")


def marca_la_firma(pagina, portal, capacitacion):
    pagina.goto(f"{portal.url}/intranet/capacitaciones/{capacitacion.pk}/asistencia/")
    pagina.get_by_label("Quispe Ttito", exact=False).check()
    pagina.locator("form#hoja").get_by_role("button", name="Guardar").click()
    expect(pagina.locator(".mesa-cuenta")).to_contain_text("1 de 1")


def pasa_la_encuesta(pagina, portal, capacitacion):
    """Doce preguntas de una hoja, solo con dígitos: cada número pasa a la casilla siguiente."""
    pagina.goto(f"{portal.url}/intranet/capacitaciones/{capacitacion.pk}/encuestas/")
    pagina.locator("[data-encuesta] tbody tr").first.locator("input").first.click()
    for digito in "434434343444":
        pagina.keyboard.press(digito)
    pagina.get_by_role("button", name="Guardar las encuestas").click()
    expect(pagina.locator("body")).to_contain_text("Se guardó una encuesta")


def escribe_el_boletin(pagina, portal):
    indice = BoletinesIndexPage.objects.get()
    pagina.goto(f"{portal.url}/intranet/pages/add/boletines/boletinpage/{indice.pk}/")
    pagina.locator("#id_editorial").fill("Este mes acompañamos a las municipalidades de Cusco.")
    pagina.get_by_role("button", name="Más acciones").first.click()
    pagina.get_by_role("button", name="Enviar a Aprobación del boletín").locator("visible=true").first.click()
    expect(pagina.locator("body")).to_contain_text("se envió a moderación")
    return BoletinPage.objects.get()


def aprueba_el_boletin(pagina, portal, boletin):
    pagina.goto(f"{portal.url}/intranet/boletines/{boletin.pk}/previa/")
    pagina.get_by_role("button", name="Aprobar y publicar").click()
    expect(pagina.locator("body")).to_contain_text("ublic")
    assert BoletinPage.objects.get(pk=boletin.pk).live


def difunde_el_boletin(pagina, portal, boletin):
    pagina.goto(f"{portal.url}/intranet/boletines/{boletin.pk}/enviar/")
    pagina.get_by_role("button", name="Difundir a 1 usuario").click()
    expect(pagina.locator("body")).to_contain_text("Terminado")


def baja_con_un_clic(recibido):
    """Lo que hace un programa de correo con la cabecera (RFC 8058): un POST, sin cookies ni página."""
    direccion = re.search(r"<(http[^>]+)>", recibido["List-Unsubscribe"])[1]
    assert recibido["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert urlparse(direccion).path.startswith("/suscripcion/baja/")
    cuerpo = urlencode({"List-Unsubscribe": "One-Click"}).encode()
    with urllib.request.urlopen(urllib.request.Request(direccion, data=cuerpo), timeout=10) as respuesta:
        return respuesta.status


def test_de_la_inscripcion_a_la_baja(pagina, portal, capacitacion):
    coordinadora, comunicaciones = personas.coordinadora_de_cusco(), personas.comunicaciones()

    se_inscribe(pagina, portal)
    portal.esperar(1)
    confirmacion = portal.mensajes[0]
    assert confirmacion["Subject"].startswith("CONFIRMADO")
    agenda = Calendar.from_ical(confirmacion.parte("text/calendar"))
    assert agenda.walk("VEVENT")[0]["SUMMARY"] == capacitacion.titulo
    assert Inscripcion.objects.get().entidad.nombre == "Municipalidad Distrital de Wanchaq"

    se_suscribe(pagina, portal)

    llega_hoy(capacitacion)
    pagina.set_viewport_size({"width": 1280, "height": 900})
    with sesion_de(pagina, portal, coordinadora):
        marca_la_firma(pagina, portal, capacitacion)
        pasa_la_encuesta(pagina, portal, capacitacion)
    assert Asistencia.objects.firmadas().count() == 1
    assert RespuestaEncuesta.objects.get().calificaciones.count() == 12
    assert cifras_de(capacitacion).participantes == 1

    with sesion_de(pagina, portal, comunicaciones):
        edicion = escribe_el_boletin(pagina, portal)
    with sesion_de(pagina, portal, personas.directora_de_ogauc()):
        aprueba_el_boletin(pagina, portal, edicion)
    with sesion_de(pagina, portal, comunicaciones):
        difunde_el_boletin(pagina, portal, edicion)
    [*_, boletin] = [recibido for recibido in portal.mensajes if recibido.para == (CORREO,)]
    assert "municipalidades de Cusco" in boletin.parte("text/html")

    assert baja_con_un_clic(boletin) == 200
    assert Suscriptor.objects.get(correo=CORREO).estado == "baja"
    assert Entrega.objects.filter(direccion=CORREO, estado="enviada").count() == 3
