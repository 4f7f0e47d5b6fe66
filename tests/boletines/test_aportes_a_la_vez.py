"""Dos personas, o dos máquinas, en el mismo instante: cada aporte se pide una vez y nadie pisa a nadie."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from boletines.actions import aporte as acciones
from boletines.actions.edicion import abrir_edicion
from boletines.models import Aporte, Edicion
from correo.models import Envio
from tests import personas
from tests.boletines.ayudas import con_correo, escrito
from tests.hilos import a_la_vez

pytestmark = pytest.mark.django_db(transaction=True)
VECES = 8


@pytest.fixture(autouse=True)
def sin_reparto(monkeypatch):
    """Aquí se prueba no repetir; repartir el correo en cada hilo solo haría lenta la prueba."""
    monkeypatch.setattr("correo.actions.repartir", SimpleNamespace(enqueue=lambda: None))


def test_varias_maquinas_abren_la_edicion_y_cada_quien_recibe_un_solo_pedido():
    con_correo(personas.coordinadora_de_cusco())
    con_correo(personas.responsable_de_presupuesto())
    hoy = timezone.localdate()

    resultados = a_la_vez(VECES, lambda: abrir_edicion(anio=hoy.year, mes=hoy.month))

    assert {type(resultado) for resultado in resultados} == {Edicion}, resultados
    assert (Edicion.objects.count(), Aporte.objects.count(), Envio.objects.count()) == (1, 2, 2)


def test_de_ocho_que_guardan_lo_que_abrieron_a_la_vez_queda_uno_y_los_demas_se_enteran():
    por = personas.coordinadora_de_cusco()
    hoy = timezone.localdate()
    aporte = abrir_edicion(anio=hoy.year, mes=hoy.month).aportes.get()

    editoriales = iter([f"La {n}" for n in range(VECES)])

    def guardar():
        nuevo = escrito(editorial=next(editoriales))
        return acciones.guardar_borrador(aporte=aporte, escrito=nuevo, version=0, por=por)

    resultados = a_la_vez(VECES, guardar)

    [guardado] = [resultado for resultado in resultados if isinstance(resultado, Aporte)]
    assert sum(isinstance(resultado, acciones.OtraPersonaGuardo) for resultado in resultados) == VECES - 1
    ahora = Aporte.objects.get()
    assert (ahora.version, ahora.borrador["editorial"]) == (1, guardado.borrador["editorial"])
