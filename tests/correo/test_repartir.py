"""La vida de una entrega: sale, espera, falla, queda dudosa o se suprime."""

import datetime as dt
import smtplib
from unittest import mock

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from correo import cartero, libro
from correo.actions import Adjunto
from correo.cabeceras import message_id_de
from correo.models import Entrega, Envio, Supresion
from tests.correo.cola import direcciones, encolar, encolar_boletin, estados, llega_la_hora, vencer_arriendos
from tests.sumidero import puerto_libre

pytestmark = pytest.mark.django_db
E = Entrega.Estado


@pytest.fixture
def servidor_que(monkeypatch):
    """Hace que el servidor responda a cada mensaje con un error de la lista; ``None`` es que lo acepta."""

    def preparar(*errores):
        turnos = iter(errores)
        aceptar = EmailBackend.send_messages

        def responder(self, mensajes):
            if error := next(turnos, None):
                raise error
            return aceptar(self, mensajes)

        monkeypatch.setattr(EmailBackend, "send_messages", responder)

    return preparar


def test_lo_enviado_queda_anotado_y_el_envio_terminado():
    envio = encolar()
    assert cartero.repartir_pendientes() == 1
    entrega = envio.entregas.get()
    assert (entrega.estado, entrega.intentos, entrega.arrendada_hasta) == (E.ENVIADA, 1, None)
    assert entrega.enviada_en is not None
    assert entrega.message_id == message_id_de(entrega) == mail.outbox[0].extra_headers["Message-ID"]
    envio.refresh_from_db()
    assert envio.estado == Envio.Estado.TERMINADO
    assert cartero.repartir_pendientes() == 0
    assert len(mail.outbox) == 1


def test_el_intento_se_anota_antes_de_enviar(monkeypatch):
    envio = encolar()
    visto = []

    def mirar(self, mensajes):
        visto.append(envio.entregas.values("estado", "intentos", "message_id").get())
        return 1

    monkeypatch.setattr(EmailBackend, "send_messages", mirar)
    cartero.repartir_pendientes()
    assert visto == [{"estado": E.EN_CURSO, "intentos": 1, "message_id": message_id_de(envio.entregas.get())}]


def test_los_avisos_personales_salen_antes_que_un_boletin():
    encolar_boletin(*direcciones(2))
    encolar()
    cartero.repartir_pendientes()
    assert mail.outbox[0].to == ["Ana Quispe <ana@muni.example>"]


def test_un_envio_grande_sale_lote_por_lote_con_una_conexion_cada_uno(settings):
    settings.CORREO_POR_LOTE = 4
    envio = encolar_boletin(*direcciones(10))
    with mock.patch.object(EmailBackend, "open", create=True) as abrir:
        assert cartero.repartir_pendientes() == 10
    assert abrir.call_count == 3
    assert estados(envio) == [E.ENVIADA] * 10


def test_vuelva_luego_la_deja_pendiente_y_cada_vez_espera_mas(servidor_que):
    servidor_que(*[smtplib.SMTPRecipientsRefused({"ana@muni.example": (450, b"Buz\xc3\xb3n ocupado")})] * 3)
    entrega = encolar().entregas.get()
    esperas = []
    for _ in range(3):
        llega_la_hora()
        antes = timezone.now()
        cartero.repartir_pendientes()
        entrega.refresh_from_db()
        esperas.append(round((entrega.siguiente_intento_en - antes).total_seconds() / 60))
    assert esperas == [1, 2, 4]
    assert (entrega.estado, entrega.intentos) == (E.PENDIENTE, 3)
    assert entrega.error == "El servidor de correo respondió 450: Buzón ocupado"
    llega_la_hora()
    assert cartero.repartir_pendientes() == 1


def test_mientras_espera_no_se_reintenta(servidor_que):
    servidor_que(smtplib.SMTPDataError(451, b"luego"))
    encolar()
    assert [cartero.repartir_pendientes() for _ in range(2)] == [0, 0]
    assert mail.outbox == []


def test_quien_responde_vuelva_luego_un_dia_entero_termina_en_falla(servidor_que):
    servidor_que(*[smtplib.SMTPDataError(451, b"luego")] * 20)
    entrega = encolar().entregas.get()
    for _ in range(libro.INTENTOS_MAXIMOS):
        llega_la_hora()
        cartero.repartir_pendientes()
    entrega.refresh_from_db()
    assert (entrega.estado, entrega.intentos) == (E.FALLIDA, libro.INTENTOS_MAXIMOS)


def test_un_rechazo_definitivo_es_falla_y_los_demas_salen(servidor_que):
    servidor_que(smtplib.SMTPRecipientsRefused({"persona0@correo.example": (550, b"No existe")}))
    envio = encolar_boletin(*direcciones(3))
    assert cartero.repartir_pendientes() == 2
    fallida = envio.entregas.get(estado=E.FALLIDA)
    assert fallida.error == "El servidor de correo respondió 550: No existe"
    envio.refresh_from_db()
    assert envio.estado == Envio.Estado.TERMINADO


def test_una_direccion_imposible_falla_sola():
    envio = encolar_boletin("no-es-correo", "x@y.example\nbcc: z@z.example", "ana@muni.example")
    assert cartero.repartir_pendientes() == 1
    assert estados(envio) == [E.ENVIADA, E.FALLIDA, E.FALLIDA]


def test_con_el_servidor_caido_no_se_toca_ninguna_fila_dure_lo_que_dure(settings, sumidero_apagado):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    envio = encolar_boletin(*direcciones(5))
    antes = list(envio.entregas.values())
    for _ in range(50):
        assert cartero.repartir_pendientes() == 0
    assert list(envio.entregas.values()) == antes
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert cartero.repartir_pendientes() == 5


@pytest.fixture
def sumidero_apagado(settings):
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", puerto_libre()


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(), smtplib.SMTPSenderRefused(421, b"cerramos", "x@y.example")], ids=str
)
def test_si_el_servidor_deja_de_atender_a_medio_lote_el_resto_espera_intacto(servidor_que, error):
    servidor_que(None, error)
    envio = encolar_boletin(*direcciones(4))
    assert cartero.repartir_pendientes() == 1
    assert sorted(envio.entregas.values_list("estado", "intentos")) == [
        (E.ENVIADA, 1),
        (E.PENDIENTE, 0),
        (E.PENDIENTE, 0),
        (E.PENDIENTE, 1),
    ]
    assert cartero.repartir_pendientes() == 2
    llega_la_hora()
    assert cartero.repartir_pendientes() == 1


def test_sin_saber_dos_veces_si_llego_decide_una_persona(servidor_que):
    servidor_que(TimeoutError("sin respuesta"), smtplib.SMTPServerDisconnected("se cortó"))
    entrega = encolar().entregas.get()
    cartero.repartir_pendientes()
    entrega.refresh_from_db()
    assert entrega.estado == E.PENDIENTE
    llega_la_hora()
    cartero.repartir_pendientes()
    entrega.refresh_from_db()
    assert entrega.estado == E.DUDOSA
    assert entrega.siguiente_intento_en is None


@pytest.mark.parametrize(("intentos", "queda"), [(0, E.PENDIENTE), (1, E.PENDIENTE), (2, E.DUDOSA), (3, E.DUDOSA)])
def test_lo_que_dejo_un_cartero_muerto_vuelve_o_queda_dudoso(intentos, queda):
    entrega = encolar().entregas.get()
    Entrega.objects.update(estado=E.EN_CURSO, intentos=intentos, arrendada_hasta=timezone.now())
    assert cartero.recuperar_vencidas() == 1
    entrega.refresh_from_db()
    assert entrega.estado == queda


def test_un_arriendo_que_no_vence_no_se_toca():
    encolar()
    Entrega.objects.update(estado=E.EN_CURSO, arrendada_hasta=timezone.now() + dt.timedelta(minutes=1))
    assert cartero.recuperar_vencidas() == 0
    assert cartero.repartir_pendientes() == 0


def test_quien_perdio_el_arriendo_no_envia_lo_que_otro_ya_tomo():
    encolar()
    [lenta] = cartero.reclamar()
    vencer_arriendos()
    cartero.recuperar_vencidas()
    [rapida] = cartero.reclamar()
    assert not libro.anotar_intento(lenta)
    assert libro.anotar_intento(rapida)


def test_un_lote_lento_no_sigue_con_lo_que_ya_vencio():
    encolar()
    [entrega] = cartero.reclamar()
    vencida = timezone.now() - dt.timedelta(seconds=1)
    Entrega.objects.update(arrendada_hasta=vencida)
    entrega.arrendada_hasta = vencida
    assert not libro.anotar_intento(entrega)


def test_quien_se_da_de_baja_a_mitad_del_envio_no_esta_en_ningun_lote_posterior(settings, monkeypatch):
    settings.CORREO_POR_LOTE = 2
    envio = encolar_boletin(*direcciones(6))
    aceptar = EmailBackend.send_messages

    def aceptar_y_darse_de_baja(self, mensajes):
        Supresion.objects.get_or_create(direccion="persona4@correo.example", motivo=Supresion.Motivo.BAJA)
        return aceptar(self, mensajes)

    monkeypatch.setattr(EmailBackend, "send_messages", aceptar_y_darse_de_baja)
    assert cartero.repartir_pendientes() == 5
    assert "persona4@correo.example" not in {mensaje.to[0] for mensaje in mail.outbox}
    assert envio.entregas.get(direccion="persona4@correo.example").estado == E.SUPRIMIDA


def test_un_lote_entero_de_bajas_no_detiene_el_envio(settings):
    settings.CORREO_POR_LOTE = 2
    encolar_boletin(*direcciones(5))
    for direccion in direcciones(4):
        Supresion.objects.create(direccion=direccion, motivo=Supresion.Motivo.REBOTE)
    assert cartero.repartir_pendientes() == 1


def test_una_baja_no_calla_los_avisos_personales():
    encolar()
    Supresion.objects.create(direccion="ana@muni.example", motivo=Supresion.Motivo.BAJA)
    assert cartero.repartir_pendientes() == 1


def test_con_un_proveedor_por_api_sale_igual(settings):
    settings.EMAIL_BACKEND = "anymail.backends.test.EmailBackend"
    envio = encolar_boletin(*direcciones(2), adjuntos=[Adjunto("a.ics", "text/calendar", b"BEGIN:VCALENDAR")])
    assert cartero.repartir_pendientes() == 2
    assert estados(envio) == [E.ENVIADA] * 2
    assert mail.outbox[0].anymail_test_params["extra_headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
