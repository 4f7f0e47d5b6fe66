"""Cada centro y cada Responsable Técnico aportan su parte a la edición (R107–R109)."""

import pytest
from django.db import IntegrityError

from boletines.models import Aporte, CorreoDifundido, Edicion
from tests import personas
from tests.fabricas import SistemaFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def del_mes(db):
    return Edicion.objects.create(anio=2026, mes=11)


def test_un_aporte_es_de_un_centro_o_de_un_sistema_nunca_de_los_dos(del_mes):
    with pytest.raises(IntegrityError):
        Aporte.objects.create(edicion=del_mes, plazo="2026-11-25", centro=personas.cusco(), sistema=SistemaFactory())


def test_un_centro_tiene_un_solo_aporte_por_edicion(del_mes):
    Aporte.objects.create(edicion=del_mes, plazo="2026-11-25", centro=personas.cusco())
    with pytest.raises(IntegrityError):
        Aporte.objects.create(edicion=del_mes, plazo="2026-11-25", centro=personas.cusco())


def test_un_correo_informativo_no_lleva_un_comunicado_ajeno_y_un_reenvio_si(db):
    CorreoDifundido.objects.create(tipo="informativo", asunto="Cierre contable", centro=personas.cusco())
    with pytest.raises(IntegrityError):
        CorreoDifundido.objects.create(tipo="comunicado", asunto="Sin comunicado")
