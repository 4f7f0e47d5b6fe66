"""Lo que rige entre dos fechas rige también el primer y el último día."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from organizacion.models import Jurisdiccion
from tests.fabricas import ProvinciaFactory

pytestmark = pytest.mark.django_db
HOY = timezone.localdate


def jurisdiccion(cusco, desde, hasta):
    """Entre ``desde`` y ``hasta`` días contados desde hoy; ``None`` es sin fin."""
    hasta = None if hasta is None else HOY() + dt.timedelta(days=hasta)
    return Jurisdiccion.objects.create(
        centro=cusco, provincia=ProvinciaFactory(), desde=HOY() + dt.timedelta(days=desde), hasta=hasta
    )


@pytest.mark.parametrize(
    ("desde", "hasta", "rige"),
    [(0, None, True), (-9, 0, True), (0, 0, True), (1, None, False), (-9, -1, False)],
)
def test_rige_desde_el_primer_dia_hasta_el_ultimo(cusco, desde, hasta, rige):
    jurisdiccion(cusco, desde, hasta)
    assert Jurisdiccion.objects.vigentes().exists() is rige


def test_nada_termina_antes_de_empezar(cusco):
    with pytest.raises(IntegrityError):
        jurisdiccion(cusco, 0, -1)
