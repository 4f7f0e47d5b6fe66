"""En el mismo instante: un lugar no queda con dos encargados, y quien cambia puestos no traba al calendario (R17)."""

import datetime as dt
import threading
import time
from contextlib import suppress

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from directorio.actions import cambiar_de_puesto, poner_puestos_de_hoy
from directorio.cuentas import encargaturas
from directorio.models import Personal, PuestoDePersonal
from organizacion.models import Asignacion, Rol
from tests import personas
from tests.fabricas import CentroFactory, PersonalFactory, SistemaFactory, UsuarioFactory
from tests.hilos import NO_VENDRA, VENDRA, a_la_vez

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 4


def se_cruzan(monkeypatch, plazo):
    """Cada quien, al ver que nadie lo tiene y antes de guardarlo, espera ``plazo`` segundos a que lo vean los demás."""
    vieron, comprobar = threading.Barrier(VECES, timeout=plazo), encargaturas._comprobar_cruces

    def comprobar_y_esperar(asignacion):
        comprobar(asignacion)
        with suppress(threading.BrokenBarrierError):  # con el turno, los demás no llegan a verlo
            vieron.wait()

    monkeypatch.setattr(encargaturas, "_comprobar_cruces", comprobar_y_esperar)


def encargar_a_varios(encargar, **lugar):
    """Cada hilo encarga el mismo rol a otra persona; cuántos encargos quedaron."""
    por, hoy = personas.directora_de_ogauc(), timezone.localdate()
    cuentas = [UsuarioFactory() for _ in range(VECES)]

    def uno():
        asignacion = Asignacion(usuario=cuentas.pop(), desde=hoy, hasta=hoy + dt.timedelta(days=9), motivo="x", **lugar)
        encargar(asignacion=asignacion, por=por)

    resultados = a_la_vez(VECES, uno)
    assert {type(r) for r in resultados} <= {type(None), encargaturas.EncargoImposible}, resultados
    return Asignacion.objects.encargaturas().filter(rol=lugar["rol"]).count()


@pytest.mark.parametrize("rol", [Rol.COORDINADOR, Rol.RESPONSABLE_TECNICO])
def test_de_varios_que_encargan_el_mismo_lugar_a_la_vez_queda_uno(monkeypatch, rol):
    se_cruzan(monkeypatch, NO_VENDRA)
    lugar = {"centro": CentroFactory()} if rol == Rol.COORDINADOR else {"sistema": SistemaFactory()}
    assert encargar_a_varios(encargaturas.encargar, rol=rol, **lugar) == 1


def test_sin_tomar_turno_en_el_lugar_quedarian_varios(monkeypatch):
    """El control: en SQLite el turno es la transacción; en PostgreSQL, la fila del lugar."""
    encargar = encargaturas.encargar if connection.vendor == "postgresql" else encargaturas.encargar.__wrapped__
    monkeypatch.setattr(encargaturas, "tomar_turno", lambda _: None)
    se_cruzan(monkeypatch, VENDRA)
    assert encargar_a_varios(encargar, rol=Rol.COORDINADOR, centro=CentroFactory()) == VECES


def test_cambiar_el_puesto_de_alguien_no_traba_al_calendario():
    """Quien cambia el puesto tiene ya a la persona y va por el puesto: el calendario espera y no lo tiene tomado."""
    por, personal = UsuarioFactory(is_superuser=True), PersonalFactory()
    puesto = {"cargo": "coordinador", "centro": personal.centro, "sistema": None, "organo": None}
    manana = timezone.localdate() + dt.timedelta(days=1)
    cambiar_de_puesto(personal=personal, puesto=puesto, desde=manana, por=por)
    PuestoDePersonal.objects.filter(por_aplicar=True).update(desde=timezone.localdate())
    hechos = []

    def calendario():
        try:
            hechos.append(poner_puestos_de_hoy())
        finally:
            connections.close_all()

    hilo = threading.Thread(target=calendario)
    with transaction.atomic():
        Personal.objects.select_for_update(of=("self",)).get(pk=personal.pk)
        hilo.start()
        time.sleep(0.5)
        PuestoDePersonal.objects.filter(por_aplicar=True).update(sistema=None)
    hilo.join()
    assert hechos == ["cambios de puesto aplicados: 1"]
