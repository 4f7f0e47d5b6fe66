"""Qué días no se trabaja en cada centro: los feriados de ley y los que se decretan (invariante 5)."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import Q
from holidays import country_holidays

from .models import Centro, DiaNoLaborable, Jurisdiccion


@dataclass(frozen=True)
class NoLaborables:
    """Colección de fechas para ``comun.plazos``: los feriados nacionales de ley y las ``decretadas``."""

    decretadas: frozenset[dt.date] = frozenset()

    def __contains__(self, fecha) -> bool:
        return fecha in self.decretadas or fecha in feriados(fecha.year)


@cache
def feriados(anio: int) -> frozenset[dt.date]:
    """Los feriados nacionales de ley de ``anio``, según la biblioteca ``holidays``."""
    return frozenset(country_holidays("PE", years=anio))


def no_laborables(centro: Centro | None = None) -> NoLaborables:
    """Los de ``centro``, en una consulta; sin centro (la sede), solo los de todo el país.

    Un centro con distrito sigue los días decretados de su provincia y su departamento. Si aún no tiene distrito, los
    de las provincias que atiende.
    """
    return NoLaborables(frozenset(DiaNoLaborable.objects.filter(_rigen(centro)).values_list("fecha", flat=True)))


def dias_no_laborables(centro: Centro | None, desde: dt.date, hasta: dt.date) -> list[tuple[dt.date, str]]:
    """Pares (fecha, motivo) de los que rigen en ``centro`` entre dos fechas incluidas, en orden y en una consulta."""
    decretados = DiaNoLaborable.objects.filter(_rigen(centro), fecha__range=(desde, hasta))
    nombres = country_holidays("PE", years=range(desde.year, hasta.year + 1), language="es")
    de_ley = {fecha: nombre for fecha, nombre in nombres.items() if desde <= fecha <= hasta}
    return sorted((dict(decretados.values_list("fecha", "motivo")) | de_ley).items())


def _rigen(centro) -> Q:
    return Q(departamento__isnull=True, provincia__isnull=True) | _del_lugar(centro)


def _del_lugar(centro) -> Q:
    if centro is None:
        return Q()
    if ubigeo := centro.distrito_id:  # sus primeros dígitos son la provincia y el departamento
        return Q(provincia=ubigeo[:4]) | Q(departamento=ubigeo[:2])
    suyas = Jurisdiccion.objects.vigentes().filter(centro=centro)
    return Q(provincia__in=suyas.values("provincia")) | Q(departamento__in=suyas.values("provincia__departamento"))
