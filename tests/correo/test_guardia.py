"""El barrido retoma lo que quedó a medias y /salud/ avisa si la cola no se mueve."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from comun.registros import comprobaciones, periodicas
from correo import cartero
from correo.guardia import bandeja_al_dia, barrer
from correo.models import Entrega, Envio
from tests.correo.cola import direcciones, encolar, encolar_boletin, vencer_arriendos

pytestmark = pytest.mark.django_db


def envejecer(minutos):
    Envio.objects.update(creado_en=timezone.now() - dt.timedelta(minutes=minutos))


def esta_bien():
    return bandeja_al_dia()[1]


def test_estan_anotados_en_los_registros():
    assert barrer in periodicas
    assert bandeja_al_dia in comprobaciones


def test_el_barrido_envia_lo_que_dejo_un_cartero_muerto():
    encolar()
    cartero.reclamar()
    assert barrer() == ""
    vencer_arriendos()
    assert barrer() == "Correo: 1 retomadas; se despertó al cartero."
    assert len(mail.outbox) == 1
    assert barrer() == ""


def test_el_barrido_envia_lo_que_esperaba_su_hora():
    encolar()
    Entrega.objects.update(siguiente_intento_en=timezone.now() + dt.timedelta(minutes=1))
    assert barrer() == ""
    Entrega.objects.update(siguiente_intento_en=timezone.now())
    barrer()
    assert len(mail.outbox) == 1


def test_el_barrido_cierra_un_envio_que_quedo_abierto_sin_nada_por_salir():
    encolar()
    Entrega.objects.update(estado=Entrega.Estado.ENVIADA)
    barrer()
    assert Envio.objects.get().estado == Envio.Estado.TERMINADO


def test_una_espera_corta_esta_bien_y_una_larga_no():
    assert bandeja_al_dia() == ("Correo", True, "Nada por enviar.")
    encolar()
    assert esta_bien()
    envejecer(16)
    assert bandeja_al_dia() == ("Correo", False, "La entrega más antigua espera hace 16 min.")


def test_un_boletin_largo_que_avanza_esta_bien():
    envio = encolar_boletin(*direcciones(3))
    envejecer(60)
    Entrega.objects.filter(pk=envio.entregas.first().pk).update(
        estado=Entrega.Estado.ENVIADA, enviada_en=timezone.now()
    )
    assert esta_bien()


@pytest.mark.parametrize("estado", [Envio.Estado.EN_PAUSA, Envio.Estado.CANCELADO])
def test_lo_que_una_persona_detuvo_no_es_una_demora(estado):
    encolar()
    envejecer(60)
    Envio.objects.update(estado=estado)
    assert esta_bien()


def test_lo_que_espera_su_siguiente_intento_no_es_una_demora():
    encolar()
    envejecer(60)
    Entrega.objects.update(siguiente_intento_en=timezone.now() + dt.timedelta(minutes=30))
    assert esta_bien()
