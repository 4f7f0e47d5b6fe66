"""El tope por minuto: lo comparten todos los carteros y ninguna ventana de 60 segundos lo pasa."""

import datetime as dt
import signal
from threading import Event

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as ajustes_de_hypothesis
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from correo import cartero, ritmo
from correo.models import Entrega, Envio, Turno
from tests.correo.cola import direcciones, encolar, encolar_boletin, estados

pytestmark = pytest.mark.django_db


class Reloj:
    """La hora la adelanta la prueba, o el cartero cuando espera. ``al_esperar`` es lo que pasa entonces."""

    def __init__(self, monkeypatch):
        self.ahora = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
        self.esperas = 0
        self.al_esperar = lambda: None
        reloj = self

        class EventoSinEspera(Event):
            def wait(self, segundos=None):
                reloj.al_esperar()
                reloj.esperas += 1
                reloj.avanzar(segundos)
                return self.is_set()

        monkeypatch.setattr(timezone, "now", lambda: self.ahora)
        monkeypatch.setattr("correo.apagado.Event", EventoSinEspera)

    def avanzar(self, segundos):
        self.ahora += dt.timedelta(seconds=segundos)


@pytest.fixture
def reloj(monkeypatch):
    return Reloj(monkeypatch)


def peor_ventana(momentos, segundos=60):
    return max(sum(d <= otro < d + dt.timedelta(seconds=segundos) for otro in momentos) for d in momentos)


def test_sin_tope_no_se_anota_ningun_turno():
    encolar_boletin(*direcciones(3))
    assert cartero.repartir_pendientes() == 3
    assert not Turno.objects.exists()


def test_el_cartero_espera_su_turno_y_ninguna_ventana_pasa_del_tope(settings, reloj):
    settings.CORREO_POR_MINUTO = 4
    envio = encolar_boletin(*direcciones(11))
    assert cartero.repartir_pendientes() == 11
    salidas = sorted(envio.entregas.values_list("enviada_en", flat=True))
    assert peor_ventana(salidas) == 4
    assert dt.timedelta(seconds=120) < salidas[-1] - salidas[0] < dt.timedelta(seconds=130)


def test_mientras_espera_no_tiene_nada_tomado(settings, reloj):
    settings.CORREO_POR_MINUTO = 2
    encolar_boletin(*direcciones(5))
    tomadas = []
    reloj.al_esperar = lambda: tomadas.append(Entrega.objects.filter(estado=Entrega.Estado.EN_CURSO).count())
    cartero.repartir_pendientes()
    assert set(tomadas) == {0}


def test_un_aviso_personal_que_llega_durante_la_espera_sale_primero(settings, reloj):
    settings.CORREO_POR_MINUTO = 2
    encolar_boletin(*direcciones(4))
    reloj.al_esperar = lambda: reloj.esperas or encolar()
    cartero.repartir_pendientes()
    assert mail.outbox[2].to == ["Ana Quispe <ana@muni.example>"]


def test_pausado_durante_la_espera_deja_de_esperar(settings, reloj):
    settings.CORREO_POR_MINUTO = 2
    encolar_boletin(*direcciones(4))
    reloj.al_esperar = lambda: Envio.objects.update(estado=Envio.Estado.EN_PAUSA)
    assert cartero.repartir_pendientes() == 2


def test_si_le_piden_terminar_mientras_espera_termina_y_no_pierde_nada(settings, reloj):
    settings.CORREO_POR_MINUTO = 2
    envio = encolar_boletin(*direcciones(4))
    atendidas = []
    anterior = signal.signal(signal.SIGTERM, lambda *_: atendidas.append("obrero"))
    reloj.al_esperar = lambda: signal.raise_signal(signal.SIGTERM)
    try:
        assert cartero.repartir_pendientes() == 2
    finally:
        signal.signal(signal.SIGTERM, anterior)
    assert atendidas == ["obrero"]
    assert estados(envio) == [Entrega.Estado.ENVIADA] * 2 + [Entrega.Estado.PENDIENTE] * 2


def test_el_turno_de_un_cartero_muerto_vuelve_con_su_arriendo(settings, reloj):
    settings.CORREO_POR_MINUTO = 1
    assert ritmo.libres(50) == 1
    assert ritmo.tomar() is not None
    reloj.avanzar(settings.CORREO_ARRIENDO)
    assert ritmo.tomar() is None
    reloj.avanzar(61)
    assert ritmo.tomar() is not None


def test_lo_que_no_llego_a_intentarse_no_gasta_su_turno(settings):
    settings.CORREO_POR_MINUTO = 1
    ritmo.libres(1)
    ritmo.devolver(ritmo.tomar(), usado=False)
    assert ritmo.tomar() is not None


class CualquierHorario(TestCase):
    @ajustes_de_hypothesis(max_examples=25)
    @given(pasos=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), min_size=1, max_size=40))
    def test_ninguna_ventana_pasa_del_tope(self, pasos):
        """Cada paso: segundos que pasan antes de pedir turno y los que el servidor tarda en recibir."""
        llegadas = []
        with pytest.MonkeyPatch.context() as parche, self.settings(CORREO_POR_MINUTO=3):
            reloj = Reloj(parche)
            Turno.objects.all().delete()
            ritmo.libres(1)
            for antes, demora in pasos:
                reloj.avanzar(antes)
                if turno := ritmo.tomar():
                    reloj.avanzar(demora)
                    llegadas.append(reloj.ahora)
                    ritmo.devolver(turno, usado=True)
        assert not llegadas or peor_ventana(llegadas) <= 3
