"""La próxima parecida de cada cancelada de una lista (R67), en una sola consulta para todas."""

from collections.abc import Sequence

from django.db.models import F
from django.utils import timezone

from .models import Capacitacion

CAMPOS = ("titulo", "slug", "fecha_inicio", "modalidad", "lugar", "centro__nombre")


def con_parecidas(capacitaciones: Sequence[Capacitacion]) -> Sequence[Capacitacion]:
    """Las mismas, y en las canceladas ``parecida``: la que daría primero ``parecidas_a``, o ``None``."""
    canceladas = [c for c in capacitaciones if c.esta_cancelada]
    candidatas = _candidatas(canceladas) if canceladas else []
    for cancelada in canceladas:
        sistemas = {sistema.pk for sistema in cancelada.sistemas.all()}
        suyas = (c for c in candidatas if c.de_sistema in sistemas and c.pk != cancelada.pk)
        cancelada.parecida = min(suyas, key=lambda c: _orden(cancelada, c), default=None)
    return capacitaciones


def _candidatas(canceladas):
    """Las que vienen del mismo sistema que alguna; la de varios sistemas viene una vez por cada uno."""
    sistemas = {sistema.pk for cancelada in canceladas for sistema in cancelada.sistemas.all()}
    vienen = Capacitacion.objects.en_pie().filter(sistemas__in=sistemas, fecha_inicio__gt=timezone.localdate())
    return list(vienen.annotate(de_sistema=F("sistemas")).order_by().select_related("centro").only(*CAMPOS))


def _orden(cancelada, candidata):
    de_lejos = 1 if candidata.tiene_enlace else 2
    lejania = 0 if candidata.centro_id == cancelada.centro_id else de_lejos
    return lejania, candidata.fecha_inicio, candidata.pk
