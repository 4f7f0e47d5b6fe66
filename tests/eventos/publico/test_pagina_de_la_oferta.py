"""La página del cupo ofrecido: dice hasta cuándo, y con un botón se acepta o se deja."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from eventos.actions.inscripcion import anular
from eventos.actions.oferta import aceptar
from eventos.enlaces import token_de
from eventos.models import Inscripcion
from tests.fabricas import CapacitacionFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", cupos=1, dias=60)


@pytest.fixture
def confirmada(curso):
    return InscripcionFactory(capacitacion=curso, orden=1)


@pytest.fixture
def primera(curso, confirmada):
    return InscripcionFactory(capacitacion=curso, estado="en_espera", orden=2)


@pytest.fixture
def segunda(curso, primera):
    return InscripcionFactory(capacitacion=curso, estado="en_espera", orden=3)


@pytest.fixture
def ofrecida(confirmada, primera, segunda):
    """La primera de la espera, con el cupo que dejó la confirmada."""
    anular(inscripcion=confirmada)
    return leida(primera)


def leida(inscripcion):
    return Inscripcion.objects.select_related("capacitacion").get(pk=inscripcion.pk)


def estados(*inscripciones):
    return [leida(inscripcion).estado for inscripcion in inscripciones]


def lima(*partes):
    return timezone.make_aware(dt.datetime(*partes))


def vence(inscripcion, hace=dt.timedelta(minutes=1)):
    Inscripcion.objects.filter(pk=inscripcion.pk).update(oferta_vence_en=timezone.now() - hace)
    return leida(inscripcion)


def url(inscripcion):
    return reverse("eventos:oferta", args=[token_de(inscripcion)])


def test_mirar_la_oferta_dice_hasta_cuando_y_no_cambia_nada(client, ofrecida):
    Inscripcion.objects.filter(pk=ofrecida.pk).update(oferta_vence_en=lima(2099, 11, 24, 11))
    respuesta = client.get(url(ofrecida))
    assert "Acéptelo antes del martes 24 de noviembre de 2099, 11:00\u00a0a.\u00a0m." in respuesta.text
    assert "Cierre contable" in respuesta.text
    assert estados(ofrecida) == ["ofrecida"]
    assert "no-store" in respuesta["Cache-Control"]
    assert "noindex" in respuesta["X-Robots-Tag"]


def test_acepta_con_su_boton_y_ve_su_confirmacion(client, ofrecida):
    respuesta = client.post(url(ofrecida), {"aceptar": "1"})
    assert respuesta.url == reverse("eventos:inscripcion-ver", args=[token_de(ofrecida)])
    assert estados(ofrecida) == ["confirmada"]


def test_lo_deja_con_su_boton_y_pasa_a_quien_sigue(client, ofrecida, segunda):
    client.post(url(ofrecida), {"liberar": "1"})
    assert estados(ofrecida, segunda) == ["anulada", "ofrecida"]
    assert leida(ofrecida).motivo_anulacion == "persona"


@pytest.mark.parametrize("boton", ["aceptar", "liberar"])
def test_vencida_lo_dice_y_lleva_al_calendario(client, ofrecida, boton):
    vence(ofrecida)
    for respuesta in (client.get(url(ofrecida)), client.post(url(ofrecida), {boton: "1"})):
        assert respuesta.status_code == 200
        assert "Venció el plazo para aceptar este cupo" in respuesta.text
        assert f'href="{reverse("eventos:calendario")}"' in respuesta.text
    assert estados(ofrecida) == ["ofrecida"]


def test_un_boton_viejo_no_libera_un_cupo_ya_aceptado(client, ofrecida):
    aceptar(inscripcion=ofrecida)
    respuesta = client.post(url(ofrecida), {"liberar": "1"})
    assert "Ya tiene su cupo confirmado" in respuesta.text
    assert estados(ofrecida) == ["confirmada"]


def test_cada_situacion_tiene_su_explicacion(client, curso, ofrecida, segunda, confirmada):
    assert "Es el número 1" in client.get(url(segunda)).text
    assert "Esta inscripción está cancelada" in client.get(url(confirmada)).text
    curso.estado, curso.motivo_cancelacion = "cancelada", "Fuerza mayor"
    curso.save()
    assert "La capacitación se canceló" in client.get(url(ofrecida)).text


def test_un_enlace_falso_da_una_pagina_clara(client, ofrecida):
    respuesta = client.get(reverse("eventos:oferta", args=["ABCD2345.falsa"]))
    assert respuesta.status_code == 404
    assert "Este enlace no es válido" in respuesta.text
