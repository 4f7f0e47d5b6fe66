"""La entrada en un navegador de verdad: una llave de acceso de prueba, y lo escrito que sobrevive a la sesión."""

import pytest
from django.urls import reverse

from directorio.models import Medio
from tests import personas
from tests.acceso.ayudas import CLAVE, con_clave

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.navegador]


@pytest.fixture
def rosa(live_server):
    return con_clave(personas.coordinadora_de_cusco())


@pytest.fixture
def llave(pagina):
    """Una llave de acceso simulada por Chromium (protocolo DevTools), con verificación de la persona."""
    cdp = pagina.context.new_cdp_session(pagina)
    cdp.send("WebAuthn.enable")
    opciones = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return cdp.send("WebAuthn.addVirtualAuthenticator", {"options": opciones})["authenticatorId"]


@pytest.fixture
def rechazos(pagina):
    """Lo que la política de contenido no dejó correr en las páginas de la entrada, que no llevan nada en línea."""
    vistos = []
    pagina.on("console", lambda m: vistos.append(m.text) if "Content Security Policy" in m.text else None)
    return vistos


def entrar(pagina, portal, usuario):
    pagina.goto(f"{portal.url}{reverse('account_login')}")
    escribir_credenciales(pagina, usuario)


def escribir_credenciales(pagina, usuario):
    pagina.get_by_label("Usuario").fill(usuario.username)
    pagina.get_by_label("Contraseña").fill(CLAVE)
    pagina.get_by_role("button", name="Entrar", exact=True).click()


def test_con_una_llave_se_enrola_y_despues_entra_sin_contrasena(pagina, live_server, rosa, llave, rechazos, settings):
    settings.SEGUNDO_FACTOR = "obligatorio"
    entrar(pagina, live_server, rosa)
    pagina.get_by_role("link", name="Usar una llave").click()
    pagina.get_by_label("Entrar solo con esta llave").check()
    pagina.get_by_role("button", name="Agregar la llave").click()
    pagina.get_by_role("heading", name="Códigos de respaldo").wait_for()
    assert pagina.locator(".acceso-codigos li").count() == 10
    pagina.get_by_role("link", name="Ya los guardé, continuar").click()
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    pagina.context.clear_cookies()

    pagina.goto(f"{live_server.url}{reverse('account_login')}")
    pagina.get_by_role("button", name="Entrar con una llave de acceso").click()
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    pagina.context.clear_cookies()

    entrar(pagina, live_server, rosa)
    pagina.get_by_role("button", name="Usar mi llave de acceso").click()
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    assert not rechazos


def test_si_la_llave_no_responde_se_dice(pagina, live_server, rosa, rechazos):
    """Sin ninguna llave que responda, Chromium falla al pedirla."""
    pagina.add_init_script("navigator.credentials.get = () => Promise.reject(new Error('cancelado'))")
    pagina.goto(f"{live_server.url}{reverse('account_login')}")
    pagina.get_by_role("button", name="Entrar con una llave de acceso").click()
    pagina.get_by_text("La llave no respondió").wait_for()
    assert not rechazos


@pytest.fixture
def formulario(pagina, live_server, rosa, settings):
    """Un formulario de la intranet a medio llenar, cuya sesión vence al enviarlo."""
    entrar(pagina, live_server, rosa)
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    pagina.goto(f"{live_server.url}{reverse('directorio_medio_modeladmin_create')}")
    pagina.locator("#id_nombre").fill("Radio La Voz del Valle")
    settings.SESION_INACTIVA = -1
    pagina.locator("form button[type=submit]").last.click()
    pagina.get_by_text("Lo que escribió está guardado").wait_for()
    settings.SESION_INACTIVA = 1800
    escribir_credenciales(pagina, rosa)
    pagina.get_by_role("heading", name="Guardamos lo que estaba escribiendo").wait_for()
    return pagina


def test_lo_escrito_vuelve_a_su_formulario(formulario):
    formulario.get_by_role("link", name="Volver al formulario con ello").click()
    formulario.get_by_text("Repusimos lo que había escrito").wait_for()
    assert formulario.locator("#id_nombre").input_value() == "Radio La Voz del Valle"


def test_lo_escrito_se_envia_y_el_formulario_lo_revisa(formulario, live_server):
    formulario.get_by_role("button", name="Enviar lo que escribí").click()
    formulario.wait_for_url(lambda url: "/intranet/" in url)
    assert "Radio La Voz del Valle" in formulario.content()


def test_dos_minutos_antes_se_avisa_y_se_puede_seguir(pagina, live_server, rosa, settings):
    entrar(pagina, live_server, rosa)
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    settings.SESION_INACTIVA = 110
    pagina.reload()
    seguir = pagina.get_by_role("button", name="Seguir trabajando")
    seguir.wait_for()
    settings.SESION_INACTIVA = 1800
    seguir.click()
    seguir.wait_for(state="detached")


def test_lo_escrito_se_envia_despues_de_entrar_en_otra_pestana(pagina, live_server, rosa, settings):
    """La sesión vence con el formulario abierto: la página lo dice, se entra en otra pestaña y se sigue en esta."""
    entrar(pagina, live_server, rosa)
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    pagina.goto(f"{live_server.url}{reverse('directorio_medio_modeladmin_create')}")
    pagina.locator("#id_nombre").fill("Radio La Voz del Valle")
    pagina.locator("#id_tipo").select_option("radial")
    settings.SESION_INACTIVA = -1
    volver_a_mirarla(pagina)
    aviso = pagina.get_by_text("Su sesión se cerró. Lo que tiene escrito sigue en esta página")
    aviso.wait_for()
    with pagina.context.expect_page() as otra:
        pagina.get_by_role("button", name="Entrar en otra pestaña").click()
    otra.value.get_by_label("Usuario").wait_for()
    settings.SESION_INACTIVA = 1800
    escribir_credenciales(otra.value, rosa)
    otra.value.wait_for_url(f"{live_server.url}/intranet/")
    with pagina.expect_response(lambda respuesta: reverse("acceso_sesion") in respuesta.url):
        volver_a_mirarla(pagina)
    aviso.wait_for(state="detached")
    pagina.locator("form button[type=submit]").last.click()
    pagina.wait_for_url(lambda url: "create" not in url)
    assert Medio.objects.get().nombre == "Radio La Voz del Valle"


@pytest.mark.parametrize("ancho", [360, 1280])
def test_el_aviso_de_la_sesion_no_tapa_el_boton_de_guardar(pagina, live_server, rosa, settings, ancho):
    pagina.set_viewport_size({"width": ancho, "height": 780})
    entrar(pagina, live_server, rosa)
    pagina.wait_for_url(f"{live_server.url}/intranet/")
    pagina.goto(f"{live_server.url}{reverse('directorio_medio_modeladmin_create')}")
    settings.SESION_INACTIVA = -1
    volver_a_mirarla(pagina)
    pagina.get_by_text("Su sesión se cerró").wait_for()
    pagina.locator("form button[type=submit]").last.click(trial=True)


def volver_a_mirarla(pagina):
    pagina.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
