"""Un masivo dice de qué lista es y cómo dejarla; la copia que mandan R111 y R112 dice que lo es y no lleva baja."""

from unittest import mock

import pytest
from django.core import mail
from django.urls import reverse
from hypothesis import given

from correo import cartero
from correo.actions import Destinatario
from correo.models import Entrega, Envio
from organizacion.models import AjustesPortal
from tests.correo.cola import encolar, encolar_boletin
from tests.correo.test_mensaje import CABECERAS_DE_UN_AVISO, hostil, leer, parte


def masivo(**cambios):
    datos = {"lista": "boletin-cusco", "dirigido_a": "Municipalidades de Cusco"} | cambios
    return encolar_boletin("ana@muni.example", "beto@muni.example", **datos)


@pytest.mark.django_db
def test_un_boletin_dice_su_lista_y_donde_se_suscribe_se_lee_y_se_pregunta(cusco):
    cusco.correo = "cusco@conectamef.example"
    cusco.save()
    mensaje = leer(masivo(centro=cusco).entregas.first())
    assert mensaje["List-Id"] == "<boletin-cusco.conectamef.example>"
    assert mensaje["List-Subscribe"] == mensaje["List-Help"] == "<http://localhost:8000/suscripcion/>"
    assert mensaje["List-Archive"] == "<http://localhost:8000/boletines/>"
    assert mensaje["List-Owner"] == "<mailto:cusco@conectamef.example>"


@pytest.mark.django_db
def test_a_una_lista_del_directorio_nadie_se_suscribe():
    mensaje = leer(masivo(lista="", clave="comunicado:1").entregas.first())
    assert mensaje["List-Id"] == "<comunicado.conectamef.example>"
    assert mensaje["List-Subscribe"] is mensaje["List-Archive"] is None
    assert mensaje["List-Help"] == "<http://localhost:8000/suscripcion/>"


def test_la_direccion_para_suscribirse_es_la_del_sitio(settings):
    assert settings.CORREO_LISTA["List-Subscribe"] == reverse("boletines:suscribir")


@pytest.mark.django_db
def test_la_copia_dice_que_es_copia_y_a_quienes_fue_y_no_lleva_baja():
    pie = "\n\nPara dejar de recibir estos correos:\n%URL_BAJA%\n"
    html = (
        '<html><body class="x"><p>El plazo vence.</p>'
        '<p style="margin: 0"><a href="%URL_BAJA%">Dejar de recibir estos correos</a></p></body></html>'
    )
    copias = [Destinatario("jefa@conectamef.example", nombre="Jefa", url_baja="https://portal.example/baja/9/")]
    envio = masivo(texto=f"El plazo vence.{pie}", html=html, copias=copias, dirigido_a="Cusco <y> Puno")
    copia, original = leer(envio.entregas.get(es_copia=True)), leer(envio.entregas.filter(es_copia=False).first())
    aviso = "Copia para su conocimiento."
    texto, en_html = parte(copia, "text/plain").get_content(), parte(copia, "text/html").get_content()
    assert texto.rstrip() == (
        f"*** {aviso} El original se dirige a Cusco <y> Puno (2 direcciones). ***\n\nEl plazo vence."
    )
    assert en_html.index(aviso) < en_html.index("El plazo vence.")
    assert "Cusco &lt;y&gt; Puno (2 direcciones)." in en_html
    assert "baja" not in texto + en_html
    assert "Dejar de recibir" not in en_html
    assert copia["List-Unsubscribe"] is copia["List-Unsubscribe-Post"] is None
    assert original["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert aviso not in parte(original, "text/plain").get_content()


@given(nombre=hostil, asunto=hostil, lista=hostil, baja=hostil)
def test_nada_agrega_una_cabecera_a_un_masivo(nombre, asunto, lista, baja):
    envio = Envio(clave="boletin:1", asunto=f"Hola {asunto} %NOMBRE%", texto="Hola", es_masivo=True, lista=lista[:60])
    enlace = f"https://x.example/{baja}"
    entrega = Entrega(pk=1, envio=envio, direccion="ana@muni.example", nombre=nombre, url_baja=enlace)
    with mock.patch("correo.cabeceras.AjustesPortal.load", return_value=AjustesPortal(correo="sede@mef.example")):
        mensaje = leer(entrega)
    de_lista = {"precedence", "list-id", "list-help", "list-owner", "list-subscribe", "list-archive"}
    de_baja = {"list-unsubscribe", "list-unsubscribe-post", "content-transfer-encoding"}
    assert {cabecera.lower() for cabecera in mensaje} <= CABECERAS_DE_UN_AVISO | de_lista | de_baja
    assert mensaje["List-Unsubscribe"].startswith("<https://x.example/")
    assert mensaje["List-Unsubscribe"].count("<") == mensaje["List-Unsubscribe"].count(">") == 1
    assert len(mensaje["To"].addresses) == 1


@pytest.mark.django_db
def test_con_un_proveedor_viaja_la_llave_de_la_entrega_y_se_guarda_su_identificador(settings):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    settings.CORREO_REBOTES = "rebotes@conectamef.example"
    entrega = encolar().entregas.get()
    cartero.repartir_pendientes()
    enviado = mail.outbox[0].anymail_test_params
    assert enviado["metadata"] == {"entrega": str(entrega.pk)}
    assert str(enviado["envelope_sender"]) == "rebotes@conectamef.example"
    assert enviado["from"].addr_spec == "no-responder@conectamef.example"
    entrega.refresh_from_db()
    assert entrega.id_de_proveedor == str(mail.outbox[0].anymail_status.message_id) != ""
