"""El mensaje que viaja: partes, cabeceras, marcas y adjuntos; nada que alguien escriba abre otra cabecera."""

import email
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correo import cartero
from correo.actions import Adjunto, Destinatario
from correo.cabeceras import en_ascii
from correo.mensaje import armar
from correo.models import Entrega, Envio
from organizacion.models import Centro
from tests.correo.cola import encolar, encolar_boletin

AGENDA = b"BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nSUMMARY:Capacitaci\xc3\xb3n\r\nEND:VCALENDAR\r\n"
CABECERAS_DE_UN_AVISO = {
    "content-type",
    "mime-version",
    "subject",
    "from",
    "to",
    "reply-to",
    "date",
    "message-id",
    "auto-submitted",
}


def leer(entrega):
    """El mensaje como lo leería quien lo recibe."""
    return email.message_from_bytes(armar(entrega).message().as_bytes(), policy=email.policy.default)


def parte(mensaje, tipo):
    return next(p for p in mensaje.walk() if p.get_content_type() == tipo)


@pytest.mark.django_db
def test_un_aviso_lleva_texto_html_y_responde_al_centro(cusco):
    mensaje = leer(encolar(centro=cusco, responder_a="cusco@conectamef.example").entregas.get())
    assert mensaje["From"] == "CONECTAMEF Cusco <no-responder@conectamef.example>"
    assert mensaje["To"] == "Ana Quispe <ana@muni.example>"
    assert mensaje["Reply-To"] == "cusco@conectamef.example"
    assert mensaje["Auto-Submitted"] == "auto-generated"
    assert mensaje["List-Unsubscribe"] is None
    assert parte(mensaje, "text/plain").get_content() == "Lo esperamos el martes."
    assert "<p>Lo esperamos el martes.</p>" in parte(mensaje, "text/html").get_content()


@pytest.mark.django_db
def test_un_masivo_ofrece_la_baja_de_un_clic_y_termina_con_su_enlace():
    entrega = encolar_boletin("ana@muni.example").entregas.get()
    mensaje = leer(entrega)
    baja = f"https://portal.example/baja/0/?e={entrega.pk}"
    assert mensaje["List-Unsubscribe"] == f"<{baja}>"
    assert mensaje["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mensaje["List-Id"] == "<boletin.conectamef.example>"
    assert mensaje["Precedence"] == "bulk"
    assert mensaje["Auto-Submitted"] is None
    assert parte(mensaje, "text/plain").get_content().rstrip().endswith(baja)


@pytest.mark.django_db
def test_las_marcas_se_llenan_por_entrega_y_se_escapan_solo_en_html():
    cuerpo = {
        "asunto": "%NOMBRE%, su boletín",
        "texto": "Hola, %NOMBRE%: %URL_BAJA%",
        "html": "<b>%NOMBRE%</b> %URL_BAJA%",
    }
    persona = Destinatario("a@x.example", nombre="Ana <D'Angelo> %URL_BAJA%", url_baja="https://x.example/?a=1&b=2")
    mensaje = leer(encolar(**cuerpo, destinatarios=[persona]).entregas.get())
    assert mensaje["Subject"] == "Ana <D'Angelo> %URL_BAJA%, su boletín"
    assert parte(mensaje, "text/plain").get_content() == "Hola, Ana <D'Angelo> %URL_BAJA%: https://x.example/?a=1&b=2"
    assert parte(mensaje, "text/html").get_content().strip() == (
        "<b>Ana &lt;D&#x27;Angelo&gt; %URL_BAJA%</b> https://x.example/?a=1&amp;b=2"
    )


@pytest.mark.django_db
def test_la_agenda_viaja_como_calendario_con_su_metodo(sumidero):
    adjuntos = [
        Adjunto("curso.ics", "text/calendar; charset=utf-8", AGENDA),
        Adjunto("a.pdf", "application/pdf", b"%PDF-1.7 \xff"),
    ]
    encolar(adjuntos=adjuntos)
    cartero.repartir_pendientes()
    [recibido] = sumidero.mensajes
    agenda, pdf = list(recibido.mensaje.iter_attachments())
    assert (agenda.get_content_type(), agenda.get_param("method")) == ("text/calendar", "PUBLISH")
    assert agenda.get_filename() == "curso.ics"
    assert agenda.get_content().splitlines() == AGENDA.decode().splitlines()
    assert (pdf.get_filename(), pdf.get_content()) == ("a.pdf", b"%PDF-1.7 \xff")


@pytest.mark.django_db
def test_el_identificador_no_cambia_y_es_de_cada_entrega():
    una, otra = encolar_boletin("a@x.example", "b@x.example").entregas.order_by("pk")
    assert leer(una)["Message-ID"] == leer(una)["Message-ID"] != leer(otra)["Message-ID"]
    assert leer(una)["Message-ID"].startswith(f"<entrega-{una.pk}-")
    assert leer(una)["Message-ID"].endswith("@conectamef.example>")


TRAMPAS = [
    "\r\nBcc: espia@x.example",
    "\r\n\r\ncuerpo",
    "a\u2028Bcc: x@y.example",
    "\x00\x0b\x0c",
    '"',
    "<b@c.example>,",
    "=?utf-8?q?=0ABcc:_x?=",
]
hostil = st.text(max_size=40) | st.sampled_from(TRAMPAS)


@given(nombre=hostil, asunto=hostil, centro=hostil)
def test_nada_que_alguien_escriba_agrega_una_cabecera_ni_un_destinatario(nombre, asunto, centro):
    envio = Envio(
        clave="aviso:1",
        asunto=f"Hola {asunto}",
        texto="Hola",
        responder_a="cusco@conectamef.example",
        centro=Centro(nombre=centro or "Cusco"),
    )
    mensaje = leer(Entrega(pk=1, envio=envio, direccion="ana@muni.example", nombre=nombre))
    assert {cabecera.lower() for cabecera in mensaje} <= CABECERAS_DE_UN_AVISO | {"content-transfer-encoding"}
    assert [destino.addr_spec for destino in mensaje["To"].addresses] == ["ana@muni.example"]
    assert [origen.addr_spec for origen in mensaje["From"].addresses] == ["no-responder@conectamef.example"]
    assert mensaje.get_content().strip() == "Hola"
    assert not any(ord(letra) < 32 for cabecera in mensaje.values() for letra in str(cabecera))


@given(direccion=hostil | st.builds("ana@muni.example{}".format, hostil))
def test_una_direccion_sirve_entera_o_no_sirve(direccion):
    entrega = Entrega(pk=1, envio=Envio(clave="aviso:1", asunto="Hola", texto="Hola"), direccion=direccion)
    try:
        mensaje = armar(entrega)
        mensaje.message()
    except ValueError:
        return
    assert mensaje.recipients() == [en_ascii(direccion)]
