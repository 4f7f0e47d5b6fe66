"""Por SMTP de verdad: llega lo mismo que armaría Django, y cada respuesta del servidor se entiende como lo que es."""

import datetime as dt
import email
import email.policy

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from correo import cartero
from correo.actions import Adjunto, Destinatario
from correo.cabeceras import entrega_del_sobre
from correo.mensaje import armar
from correo.models import Entrega, Envio
from tests.correo.cola import direcciones, encolar, encolar_boletin, estados, llega_la_hora
from tests.sumidero import Sumidero

E = Entrega.Estado
sin_control = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60)
PARRAFO = "Programación multianual: «ñandú», 10 % – fin. "


def partes(octetos):
    """(tipo, contenido) de cada parte de texto, con un solo modo de terminar las líneas."""
    mensaje = email.message_from_bytes(octetos, policy=email.policy.default)
    hojas = [parte for parte in mensaje.walk() if not parte.is_multipart()]
    return [(p.get_content_type(), p.get_content().replace("\r\n", "\n").rstrip("\n")) for p in hojas]


@given(
    nombre=sin_control,
    antes=sin_control,
    renglones=st.lists(sin_control | st.just("."), max_size=5),
    repetido=st.sampled_from([0, 1, 30]),
)
def test_llega_lo_mismo_que_armaria_django(nombre, antes, renglones, repetido):
    """Con líneas cortas (8 bits), con líneas de más de 998 octetos (quoted-printable) y con puntos sueltos."""
    cuerpo = "\n".join([f"{antes} %NOMBRE%:", *renglones, PARRAFO * repetido, "%URL_BAJA%", "fin"])
    envio = Envio(pk=1, clave="aviso:1", asunto="Hola", texto=cuerpo, html=f"<p>{cuerpo}</p>")
    entrega = Entrega(pk=1, envio=envio, direccion="ana@muni.example", nombre=nombre, url_baja="https://x.example/?a&b")
    mensaje = armar(entrega)
    octetos = mensaje.message().as_bytes(linesep="\r\n")
    assert partes(octetos) == partes(EmailMultiAlternatives.message(mensaje).as_bytes(linesep="\r\n"))
    assert max(len(linea) for linea in octetos.split(b"\r\n")) <= 998
    assert b"\n" not in octetos.replace(b"\r\n", b"")


@pytest.mark.django_db
def test_lo_que_cruza_por_smtp_es_lo_que_se_escribio(sumidero):
    texto = "Hola, %NOMBRE%:\n.\n..dos puntos\n" + PARRAFO * 40 + "\n%URL_BAJA%\nfin"
    adjunto = Adjunto("añó.pdf", "application/pdf", b"%PDF-1.7 \xff\r\n.\r\n")
    persona = Destinatario("ana@muni.example", nombre="José Ñahui", url_baja="https://x.example/b/1/")
    encolar(texto=texto, html=f"<p>{texto}</p>", destinatarios=[persona], adjuntos=[adjunto])
    cartero.repartir_pendientes()
    [recibido] = sumidero.mensajes
    esperado = texto.replace("%NOMBRE%", "José Ñahui").replace("%URL_BAJA%", "https://x.example/b/1/")
    assert recibido.parte("text/plain").replace("\r\n", "\n") == esperado
    assert recibido.parte("text/html").replace("\r\n", "\n").rstrip("\n") == f"<p>{esperado}</p>"
    [pdf] = recibido.mensaje.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("añó.pdf", adjunto.contenido)
    assert recibido["To"] == "José Ñahui <ana@muni.example>"


@pytest.mark.django_db
def test_cada_respuesta_del_servidor_deja_su_estado_y_los_demas_salen(sumidero):
    sumidero.respuestas = {"persona1@correo.example": "550 No existe", "persona2@correo.example": "450 Ocupado"}
    envio = encolar_boletin(*direcciones(5))
    assert cartero.repartir_pendientes() == 3
    assert sumidero.direcciones == [f"persona{n}@correo.example" for n in (0, 3, 4)]
    assert envio.entregas.get(direccion="persona1@correo.example").estado == E.FALLIDA
    espera = envio.entregas.get(direccion="persona2@correo.example")
    assert (espera.estado, espera.intentos) == (E.PENDIENTE, 1)
    assert espera.error == "El servidor de correo respondió 450: Ocupado"


@pytest.mark.django_db
def test_si_el_servidor_se_despide_antes_del_contenido_no_cuenta_como_dudosa(sumidero):
    sumidero.respuestas = {"persona1@correo.example": "421 Cerramos"}
    envio = encolar_boletin(*direcciones(3))
    for _ in range(3):
        cartero.repartir_pendientes()
    assert estados(envio) == [E.ENVIADA, E.ENVIADA, E.PENDIENTE]
    for _ in range(2):
        llega_la_hora()
        cartero.repartir_pendientes()
    assert estados(envio) == [E.ENVIADA, E.ENVIADA, E.PENDIENTE]
    llega_la_hora()
    sumidero.respuestas = {}
    cartero.repartir_pendientes()
    assert sorted(sumidero.direcciones) == direcciones(3)


@pytest.mark.django_db
def test_diez_minutos_sin_servidor_no_pierden_nada(settings, monkeypatch):
    """El barrido llama cada minuto con el servidor apagado; al volver, sale todo, una vez y sin contar intentos."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    servidor = Sumidero()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", servidor.puerto
    envio = encolar_boletin(*direcciones(20))
    comienzo = timezone.now()
    for minuto in range(11):
        monkeypatch.setattr(timezone, "now", lambda minuto=minuto: comienzo + dt.timedelta(minutes=minuto))
        assert cartero.repartir_pendientes() == 0
    with servidor:
        assert cartero.repartir_pendientes() == 20
    assert sorted(servidor.direcciones) == sorted(direcciones(20))
    assert set(envio.entregas.values_list("estado", "intentos")) == {(E.ENVIADA, 1)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("direccion", "motivo"),
    [
        (
            "ñandú@muni.example",
            "La dirección lleva tildes o eñes antes de la arroba: esos buzones no se pueden alcanzar.",
        ),
        ("a" * 290 + "@muni.example", "La dirección tiene 303 caracteres; el máximo es 254."),
        ("a" * 280 + "@b.pe", "La dirección tiene 285 caracteres; el máximo es 254."),
        ("dos@@muni.example", "La dirección de correo no es válida."),
        ('"sin cerrar@muni.example', "La dirección de correo no es válida."),
        ("ana@muni.example\x00", "La dirección de correo no es válida."),
        ("ana@muni.example\r\nBcc: z@z.example", "La dirección de correo no es válida."),
        ("", "La dirección de correo no es válida."),
    ],
)
def test_una_direccion_imposible_dice_por_que_y_no_detiene_el_lote(sumidero, direccion, motivo):
    envio = encolar_boletin("ana@muni.example", direccion, "beto@muni.example")
    assert cartero.repartir_pendientes() == 2
    assert sumidero.direcciones == ["ana@muni.example", "beto@muni.example"]
    fallida = envio.entregas.get(estado=E.FALLIDA)
    assert motivo in fallida.error


@pytest.mark.django_db
def test_un_dominio_con_eñe_y_un_buzon_entre_comillas_si_llegan(sumidero):
    envio = encolar_boletin(
        "ana@municipalidad-cañete.example", '"ana(quispe)"@muni.example', "o'higgins+x@muni.example"
    )
    cartero.repartir_pendientes()
    assert set(envio.entregas.values_list("estado", "error")) == {(E.ENVIADA, "")}
    assert sumidero.direcciones == [
        "ana@xn--municipalidad-caete-b4b.example",
        '"ana(quispe)"@muni.example',
        "o'higgins+x@muni.example",
    ]


@pytest.mark.django_db
def test_los_rebotes_vuelven_a_una_direccion_propia_de_cada_entrega(sumidero, settings):
    settings.CORREO_REBOTES = "rebotes+{entrega}@conectamef.example"
    entrega = encolar().entregas.get()
    cartero.repartir_pendientes()
    [recibido] = sumidero.mensajes
    assert recibido["From"] == "CONECTAMEF <no-responder@conectamef.example>"
    sobre = armar(entrega).sobre[0]
    assert sumidero.remitentes == [sobre]
    assert entrega_del_sobre(sobre.upper()) == entrega.pk
    assert entrega_del_sobre(sobre.replace(f"+{entrega.pk}-", f"+{entrega.pk + 1}-")) is None
    assert entrega_del_sobre("rebotes+1-@conectamef.example") is None
