"""Un envío que falla cien veces seguidas se detiene solo, y se dice por qué."""

import smtplib

import pytest
from django.core.mail.backends.locmem import EmailBackend

from correo import cartero, freno
from correo.actions import reanudar
from correo.guardia import ninguno_se_detuvo_solo
from correo.models import Entrega, Envio
from custodia.models import Huella
from tests.correo.cola import direcciones, encolar_boletin

pytestmark = pytest.mark.django_db
E = Entrega.Estado
NO_EXISTE = smtplib.SMTPDataError(550, b"No existe")


@pytest.fixture
def servidor(monkeypatch):
    """``servidor(f)``: f(número de mensaje, desde 1) dice si lo acepta."""

    def preparar(acepta):
        numero, aceptar = iter(range(1, 10_000)), EmailBackend.send_messages

        def responder(self, mensajes):
            if not acepta(next(numero)):
                raise NO_EXISTE
            return aceptar(self, mensajes)

        monkeypatch.setattr(EmailBackend, "send_messages", responder)

    return preparar


def test_a_las_cien_fallas_seguidas_se_detiene_y_dice_por_que(servidor):
    servidor(lambda n: False)
    envio = encolar_boletin(*direcciones(130))
    cartero.repartir_pendientes()
    envio.refresh_from_db()
    assert envio.estado == Envio.Estado.EN_PAUSA
    assert envio.motivo_pausa == (
        "Se detuvo solo: 100 fallas seguidas. La última: El servidor de correo respondió 550: No existe"
    )
    assert envio.entregas.filter(estado=E.FALLIDA).count() == 100
    assert envio.entregas.filter(estado=E.PENDIENTE, intentos=0).count() == 30
    assert Huella.objects.filter(accion="detener por fallas", objeto=str(envio.pk)).count() == 1


def test_un_exito_empieza_la_cuenta_de_nuevo(servidor):
    servidor(lambda n: n == 100)
    envio = encolar_boletin(*direcciones(199))
    cartero.repartir_pendientes()
    envio.refresh_from_db()
    assert (envio.estado, envio.fallas_seguidas) == (Envio.Estado.TERMINADO, 99)


def test_el_exito_de_otro_cartero_tambien_corta_la_racha(servidor):
    servidor(lambda n: False)
    envio = encolar_boletin(*direcciones(100))
    for entrega in list(cartero.reclamar(99)):
        freno.contar_falla(entrega.envio, NO_EXISTE)
        otra = envio.entregas.exclude(pk=entrega.pk).first()
    # Otro cartero sacó una después de la primera falla, sin saber de esta racha.
    from correo.libro import anotar_enviada

    anotar_enviada(otra)
    freno.contar_falla(envio, NO_EXISTE)
    envio.refresh_from_db()
    assert (envio.estado, envio.fallas_seguidas) == (Envio.Estado.EN_COLA, 0)


def test_los_mensajes_buenos_no_escriben_nada_de_mas(django_assert_max_num_queries, settings):
    settings.CORREO_POR_LOTE = 40
    encolar_boletin(*direcciones(40))
    with django_assert_max_num_queries(40 + 30):
        assert cartero.repartir_pendientes() == 40


def test_al_reanudarlo_tiene_otras_cien(servidor, comunicaciones):
    servidor(lambda n: False)
    envio = encolar_boletin(*direcciones(150))
    cartero.repartir_pendientes()
    reanudar(envio=envio, por=comunicaciones)
    cartero.repartir_pendientes()
    assert envio.entregas.filter(estado=E.FALLIDA).count() == 150


def test_un_servidor_que_no_atiende_no_cuenta_como_falla(monkeypatch):
    def no_atiende(self, mensajes):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", no_atiende)
    envio = encolar_boletin(*direcciones(3))
    cartero.repartir_pendientes()
    envio.refresh_from_db()
    assert envio.fallas_seguidas == 0


def test_salud_lo_avisa_hasta_que_alguien_lo_atiende(servidor):
    assert ninguno_se_detuvo_solo()[1]
    servidor(lambda n: False)
    encolar_boletin(*direcciones(100))
    cartero.repartir_pendientes()
    assert ninguno_se_detuvo_solo() == (
        "Envíos", False, "1 detenido(s) por fallas seguidas; el motivo está en /intranet/envios/."
    )  # fmt: skip
    Envio.objects.update(estado=Envio.Estado.CANCELADO)
    assert ninguno_se_detuvo_solo()[1]
