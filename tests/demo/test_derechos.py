"""Las solicitudes y los incidentes de la demostración cuentan una historia que cuadra con sus fechas."""

import datetime as dt

import pytest
from django.utils import timezone

from demo.carga.derechos import CASOS, _abierta, _cerrada, _solicitud
from tests.custodia.derechos import oficial
from tests.fabricas import InscripcionFactory

pytestmark = pytest.mark.django_db


def test_lo_actuado_empieza_el_dia_en_que_se_recibio_y_va_en_orden(coordinadora):
    por, inscripcion = oficial(), InscripcionFactory()
    for caso in CASOS:
        una = _solicitud(caso, inscripcion, por, timezone.localdate())
        pasos = list(una.pasos.all())
        fechas = [timezone.localtime(paso.ocurrido_en) for paso in pasos]
        assert (pasos[0].que, fechas[0].date()) == ("Recibida", una.recibida_el), caso
        assert fechas == sorted(fechas), caso
        assert una.recibida_el.weekday() < 5, caso
        assert (una.cerrada_en or fechas[-1]) == fechas[-1], caso


def test_lo_actuado_en_un_incidente_empieza_cuando_se_detecto():
    por = oficial()
    for incidente in (_abierta(por), _cerrada(por)):
        primero = incidente.pasos.first()
        assert primero.ocurrido_en - incidente.detectada_en == dt.timedelta(hours=1)
    assert [paso.ocurrido_en for paso in incidente.pasos.all()][1:] == [
        incidente.notificada_en,
        incidente.afectados_en,
    ]
