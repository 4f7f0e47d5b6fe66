"""Preguntar a un centro desde el portal: se guarda una vez, se avisa al centro y la bandeja lo recuerda."""

import re
import uuid

import pytest
from django.urls import reverse

from comun.antiabuso import Tope
from correo.models import Envio
from eventos.actions.pregunta import atender, preguntar
from eventos.models import Pregunta
from intranet.bandeja import asuntos_de
from organizacion.models import AjustesPortal
from tests import personas
from tests.fabricas import CapacitacionFactory, PreguntaFactory

pytestmark = pytest.mark.django_db
PREGUNTAR = "/preguntar/"
POR_ATENDER = "Preguntas por atender"


@pytest.fixture(autouse=True)
def sin_espera(settings):
    settings.SEGUNDOS_MINIMOS = 0


@pytest.fixture
def sede(db):
    AjustesPortal.objects.update_or_create(pk=AjustesPortal.load().pk, defaults={"correo": "sede@mef.example"})


def datos(client, url, **cambios):
    """Lo que escribe una tesorera en el formulario recién abierto; cada prueba cambia una cosa."""
    marca = re.search(r'name="envio" value="([^"]+)"', client.get(url).text)[1]
    return {
        "envio": marca,
        "texto": "¿Hay ingreso para silla de ruedas?",
        "nombre": "Rosa Quispe D'Angelo",
        "correo": "rosa@muni.example",
        "acepta_aviso": "on",
    } | cambios


def enviar(client, url, **cambios):
    return client.post(url, datos(client, url, **cambios), follow=True)


def test_la_de_una_capacitacion_llega_a_su_centro_y_se_le_responde_a_la_persona(client, cusco):
    capacitacion = CapacitacionFactory(centro=cusco, titulo="Cierre contable")
    respuesta = enviar(client, f"{PREGUNTAR}?capacitacion={capacitacion.slug}")

    assert "El CONECTAMEF Cusco le responderá" in respuesta.text
    pregunta = Pregunta.objects.get()
    assert (pregunta.centro, pregunta.capacitacion) == (cusco, capacitacion)
    assert pregunta.aviso.finalidad == "pregunta"
    al_centro, acuse = Envio.objects.order_by("pk")
    assert al_centro.entregas.get().direccion == "cusco@conectamef.example"
    assert al_centro.responder_a == "rosa@muni.example"
    assert al_centro.asunto == "PREGUNTA de Rosa Quispe D'Angelo sobre Cierre contable"
    assert "silla de ruedas" in al_centro.texto
    assert acuse.entregas.get().direccion == "rosa@muni.example"
    assert acuse.responder_a == "cusco@conectamef.example"
    assert acuse.asunto == "PREGUNTA RECIBIDA: Cierre contable"
    assert "084 123456" in acuse.texto


def test_la_de_un_centro_va_a_ese_centro(client, arequipa):
    enviar(client, f"{PREGUNTAR}?centro=arequipa")
    assert Pregunta.objects.get().centro == arequipa


def test_sin_decir_a_quien_se_elige_y_la_de_la_sede_va_al_correo_de_los_ajustes(client, cusco, sede):
    assert "Elija" in client.get(PREGUNTAR).text
    enviar(client, PREGUNTAR, centro="sede")
    pregunta = Pregunta.objects.get()
    assert pregunta.centro is None
    assert Envio.objects.order_by("pk").first().entregas.get().direccion == "sede@mef.example"
    enviar(client, PREGUNTAR, centro="cusco")
    assert Pregunta.objects.first().centro == cusco


def test_si_nadie_tiene_correo_la_pregunta_espera_en_la_bandeja(client, ogauc):
    enviar(client, PREGUNTAR, centro="sede")
    assert Envio.objects.count() == 1  # solo el acuse
    assert POR_ATENDER in {asunto.titulo for asunto in asuntos_de(ogauc)}


def test_reenviar_lo_mismo_no_lo_guarda_ni_avisa_dos_veces(client, cusco):
    url = f"{PREGUNTAR}?centro=cusco"
    mismos = datos(client, url)
    for _ in range(2):
        assert client.post(url, mismos).status_code == 302
    assert Pregunta.objects.count() == 1
    assert Envio.objects.count() == 2


@pytest.mark.parametrize(
    ("cambios", "mensaje"),
    [
        ({"texto": ""}, "obligatorio"),
        ({"texto": "x" * 2001}, "2000"),
        ({"correo": "no-es-correo"}, "correo"),
        ({"nombre": "Rosa\nBcc: x@y.example"}, "una sola línea"),
        ({"telefono": "llámeme"}, "solo con dígitos"),
        ({"acepta_aviso": ""}, "debe aceptar"),
        ({"sitio_web": "http://spam.example"}, "campo que debía quedar vacío"),
        ({"envio": "inventado"}, "abierta mucho tiempo"),
        ({"texto": "hola\x00"}, "nul"),
    ],
)
def test_un_dato_malo_se_explica_y_no_se_guarda_nada(client, cusco, cambios, mensaje):
    respuesta = enviar(client, f"{PREGUNTAR}?centro=cusco", **cambios)
    assert mensaje in respuesta.text
    assert "Rosa" in respuesta.text
    assert not Pregunta.objects.exists()
    assert not Envio.objects.exists()


def test_demasiadas_desde_un_mismo_correo_se_frenan_y_no_se_pierde_lo_escrito(client, cusco, monkeypatch):
    monkeypatch.setattr("eventos.views.pregunta.POR_CORREO", Tope("prueba", 1, 60))
    url = f"{PREGUNTAR}?centro=cusco"
    enviar(client, url)
    respuesta = enviar(client, url)
    assert respuesta.status_code == 429
    assert "silla de ruedas" in respuesta.text
    assert Pregunta.objects.count() == 1


@pytest.mark.parametrize(
    "consulta", ["?capacitacion=no-existe", "?centro=atlantida", "?capacitacion=%00", "?centro=" + "x" * 300]
)
def test_un_enlace_malo_deja_elegir_a_quien(client, cusco, consulta):
    respuesta = client.get(PREGUNTAR + consulta)
    assert respuesta.status_code == 200
    assert "¿A quién le pregunta?" in respuesta.text


def test_de_un_borrador_no_se_sabe_nada(client, cusco):
    borrador = CapacitacionFactory(centro=cusco, estado="borrador", titulo="Secreta")
    assert "Secreta" not in client.get(f"{PREGUNTAR}?capacitacion={borrador.slug}").text


def test_mirar_no_guarda_nada_y_no_queda_en_caches(client, cusco):
    respuesta = client.get(f"{PREGUNTAR}?centro=cusco")
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]
    client.get("/preguntar/recibida/")
    assert not Pregunta.objects.exists()


def test_si_falla_el_correo_no_queda_la_pregunta(cusco, monkeypatch):
    monkeypatch.setattr("eventos.actions.pregunta.dar_acuse", lambda pregunta: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        preguntar(
            envio=uuid.uuid4(),
            datos={"texto": "¿?", "nombre": "Rosa", "correo": "r@muni.example", "telefono": ""},
            centro=cusco,
        )
    assert not Pregunta.objects.exists()
    assert not Envio.objects.exists()


def test_el_centro_la_ve_en_su_bandeja_la_atiende_y_deja_de_verla(client, coordinadora, cusco, arequipa):
    pregunta = PreguntaFactory(centro=cusco)
    PreguntaFactory(centro=arequipa, nombre="De Arequipa")
    asunto = next(asunto for asunto in asuntos_de(coordinadora) if asunto.titulo == POR_ATENDER)
    assert [linea.url for linea in asunto.lineas] == [reverse("eventos_intranet:pregunta-atender", args=[pregunta.pk])]

    client.force_login(coordinadora)
    pantalla = client.get(asunto.lineas[0].url).text
    assert "silla de ruedas" in pantalla
    assert "mailto:rosa@muni.example?subject=" in pantalla
    assert client.post(asunto.lineas[0].url, {"respuesta": ""}).status_code == 200
    assert client.post(asunto.lineas[0].url, {"respuesta": "Sí, por la rampa."}).status_code == 302

    pregunta.refresh_from_db()
    assert (pregunta.respuesta, pregunta.atendida_por) == ("Sí, por la rampa.", coordinadora)
    assert POR_ATENDER not in {asunto.titulo for asunto in asuntos_de(coordinadora)}
    assert "Atendida" in client.get(reverse("preguntas_modeladmin_index")).text


def test_atender_dos_veces_conserva_la_primera_nota(coordinadora, cusco):
    pregunta = PreguntaFactory(centro=cusco)
    atender(pregunta=pregunta, respuesta="La primera", por=coordinadora)
    assert atender(pregunta=pregunta, respuesta="La segunda", por=coordinadora).respuesta == "La primera"


def test_la_de_otro_centro_no_existe_y_quien_solo_mira_no_atiende(client, coordinadora, arequipa):
    ajena = PreguntaFactory(centro=arequipa)
    url = reverse("eventos_intranet:pregunta-atender", args=[ajena.pk])
    client.force_login(coordinadora)
    assert client.get(url).status_code == 404
    assert client.post(url, {"respuesta": "x"}).status_code == 404
    client.force_login(personas.con_rol("administrativo", "coordinador_administrativo", centro=arequipa))
    assert client.get(url).status_code == 200
    assert client.post(url, {"respuesta": "x"}).status_code == 403
    ajena.refresh_from_db()
    assert ajena.atendida_en is None
