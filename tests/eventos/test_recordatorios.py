"""Recordar a quien tiene cupo: tres días antes y la víspera, una sola vez."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from comun.registros import periodicas
from correo.mensaje import armar
from correo.models import Entrega, Envio
from eventos import correos
from eventos.enlaces import token_de
from eventos.periodicas import recordar_capacitaciones
from tests.eventos.test_correos import inscrita, partes
from tests.fabricas import CapacitacionFactory, InscripcionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def curso(cusco):
    return CapacitacionFactory(centro=cusco, titulo="Cierre contable", dias=10)


@pytest.fixture
def a_las(monkeypatch):
    """``a_las(10, dia=1)``: el portal a esa hora de Lima, ``dia`` días después de hoy."""
    hoy = timezone.localdate()

    def poner(hora, dia=0, minuto=0):
        momento = timezone.make_aware(dt.datetime.combine(hoy + dt.timedelta(days=dia), dt.time(hora, minuto)))
        monkeypatch.setattr(timezone, "now", lambda: momento)

    return poner


def recordatorios():
    return list(Envio.objects.filter(clave__contains=":recordatorio:").order_by("pk").values_list("asunto", flat=True))


def test_se_recuerda_tres_dias_antes_y_la_vispera_una_sola_vez(curso, a_las):
    inscrita(curso)
    for dia in range(12):
        for hora in (7, 9, 15, 22):
            a_las(hora, dia)
            recordar_capacitaciones()
    assert recordatorios() == ["CONFIRMADO: en 3 días, Cierre contable", "CONFIRMADO: mañana, Cierre contable"]


@pytest.mark.parametrize(("hora", "cuantos"), [(7, 0), (8, 1), (19, 1), (20, 0)])
def test_no_se_recuerda_de_noche(curso, a_las, hora, cuantos):
    inscrita(curso)
    a_las(hora, dia=9)
    recordar_capacitaciones()
    assert len(recordatorios()) == cuantos


def test_el_recordatorio_lleva_agenda_lugar_codigo_y_como_liberar_el_cupo(curso, a_las):
    inscripcion = inscrita(curso)
    a_las(9, dia=9)
    recordar_capacitaciones()
    mensaje = armar(Entrega.objects.get())
    assert [adjunto.get_filename() for adjunto in mensaje.attachments] == ["capacitacion.ics"]
    for parte in partes(mensaje):
        assert "Auditorio del centro, Cusco" in parte
        assert inscripcion.codigo in parte
        assert reverse("eventos:inscripcion-anular", args=[token_de(inscripcion)]) in parte


@pytest.mark.parametrize("estado", ["en_espera", "ofrecida", "anulada"])
def test_solo_se_recuerda_a_quien_tiene_cupo_confirmado(curso, a_las, estado):
    inscrita(curso, estado)
    a_las(9, dia=9)
    assert recordar_capacitaciones() == ""


def test_no_se_recuerda_lo_que_se_cancelo(curso, a_las):
    inscrita(curso)
    curso.estado = "cancelada"
    curso.save()
    a_las(9, dia=9)
    assert recordar_capacitaciones() == ""


def test_a_quien_no_dio_correo_no_se_le_recuerda(curso, a_las):
    inscrita(curso, correo="")
    a_las(9, dia=9)
    assert recordar_capacitaciones() == ""


@pytest.mark.parametrize(("confirmada_a_las", "dia", "llega"), [(15, 6, False), (8, 6, True)])
def test_a_quien_se_le_confirmo_hace_menos_de_un_dia_no_se_le_recuerda(curso, a_las, confirmada_a_las, dia, llega):
    a_las(confirmada_a_las, dia)
    correos.avisar(inscrita(curso))
    a_las(9, dia=7)
    recordar_capacitaciones()
    assert bool(recordatorios()) is llega


def test_si_cambia_la_fecha_se_vuelve_a_recordar(curso, a_las):
    inscrita(curso)
    a_las(9, dia=9)
    recordar_capacitaciones()
    curso.secuencia += 1
    curso.fecha_inicio = curso.fecha_fin = curso.fecha_inicio + dt.timedelta(days=5)
    curso.save()
    a_las(9, dia=14)
    recordar_capacitaciones()
    assert recordatorios() == ["CONFIRMADO: mañana, Cierre contable"] * 2


def test_recordar_es_un_trabajo_periodico_y_no_pregunta_por_cada_persona(a_las, cusco, django_assert_max_num_queries):
    assert recordar_capacitaciones in periodicas
    curso = CapacitacionFactory(centro=cusco, dias=9)
    InscripcionFactory.create_batch(20, capacitacion=curso)
    a_las(9, dia=8)
    recordar_capacitaciones()
    assert len(recordatorios()) == 20
    with django_assert_max_num_queries(6):
        assert recordar_capacitaciones() == ""
