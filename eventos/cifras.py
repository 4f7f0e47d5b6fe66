"""Las cifras de una capacitación: el único lugar donde se cuentan (invariante 4, R84).

*Asistencias*: personas-sesión firmadas. *Participantes*: documentos distintos con al menos una asistencia firmada.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Case, Count, Value, When

from .models import Asistencia, Capacitacion, Inscripcion

_ASISTENCIAS = Count("pk")
_PARTICIPANTES = Count("inscripcion__persona", distinct=True)
# La oficial de cada asistencia: «virtual» o «presencial».
_MODALIDAD = Case(
    When(sesion__capacitacion__modalidad="virtual", then=Value("virtual")),
    When(sesion__capacitacion__modalidad="hibrida", inscripcion__modalidad="virtual", then=Value("virtual")),
    default=Value("presencial"),
)


@dataclass(frozen=True)
class Cifras:
    participantes: int = 0
    asistencias: int = 0


def _firmadas(capacitaciones, entidad=None):
    """Las de esas capacitaciones; con ``entidad``, solo las de su gente."""
    filas = Asistencia.objects.firmadas().filter(sesion__capacitacion__in=capacitaciones)
    return filas.filter(inscripcion__entidad=entidad) if entidad else filas


def cifras_de(capacitacion: Capacitacion) -> Cifras:
    return cifras_totales([capacitacion.pk])


def cifras_totales(capacitaciones, entidad=None) -> Cifras:
    """Las de un conjunto (queryset, lista de filas o de llaves): quien asistió a dos cuenta como un participante."""
    return Cifras(
        **_firmadas(capacitaciones, entidad).aggregate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    )


def cifras_por_capacitacion(capacitaciones, entidad=None) -> dict[int, Cifras]:
    """Las de cada una en una sola consulta; la que no tiene asistencias firmadas no está en el resultado."""
    filas = _firmadas(capacitaciones, entidad).order_by().values("sesion__capacitacion")
    contadas = filas.annotate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    return {f["sesion__capacitacion"]: Cifras(f["participantes"], f["asistencias"]) for f in contadas}


def cifras_por_aliado(capacitaciones) -> dict[int | None, Cifras]:
    """Las de los servicios conjuntos con cada aliado (R7), por su llave; ``None``: las que no lo son."""
    filas = _firmadas(capacitaciones).order_by().values("sesion__capacitacion__aliado")
    contadas = filas.annotate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    return {f["sesion__capacitacion__aliado"]: Cifras(f["participantes"], f["asistencias"]) for f in contadas}


def firmas_por_sesion(capacitacion: Capacitacion) -> dict[int, int]:
    """Cuántas personas firmaron en cada sesión."""
    filas = _firmadas([capacitacion.pk]).order_by().values("sesion")
    return {f["sesion"]: f["firmas"] for f in filas.annotate(firmas=_ASISTENCIAS)}


def cifras_por_grupos(capacitaciones, grupos_de: Mapping[int, Iterable[Hashable]]) -> dict[Hashable, Cifras]:
    """Las de cada grupo, en una consulta: quien asistió a dos del mismo es uno.

    ``grupos_de`` dice en cuáles está cada capacitación (sus sistemas): en cada uno se cuenta entera.
    """
    filas = _firmadas(capacitaciones).order_by().values_list("sesion__capacitacion", "inscripcion__persona")
    filas = filas.annotate(firmas=_ASISTENCIAS)
    return _agrupar((grupos_de.get(cap, ()), persona, firmas) for cap, persona, firmas in filas)


def cifras_por_modalidad(capacitaciones) -> dict[str, Cifras]:
    """Las de cada modalidad oficial (R58), también la que no tiene: en una híbrida, cada persona en la suya.

    Quien no la eligió cuenta como presencial: estuvo donde se firma.
    """
    filas = _firmadas(capacitaciones).order_by().annotate(modalidad=_MODALIDAD).values("modalidad")
    contadas = filas.annotate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    halladas = {f["modalidad"]: Cifras(f["participantes"], f["asistencias"]) for f in contadas}
    return {modalidad: halladas.get(modalidad, Cifras()) for modalidad in Inscripcion.Modalidad.values}


def cifras_por_grupo(capacitaciones, grupo_de: Mapping[tuple[int, str], Hashable]) -> dict[Hashable, Cifras]:
    """Las de cada grupo, en una consulta: quien asistió a dos del mismo es uno.

    ``grupo_de`` dice el de cada (llave de la capacitación, modalidad oficial en que asistió la persona).
    """
    filas = _firmadas(capacitaciones).order_by().annotate(modalidad=_MODALIDAD)
    filas = filas.values_list("sesion__capacitacion", "modalidad", "inscripcion__persona")
    filas = filas.annotate(firmas=_ASISTENCIAS)
    return _agrupar(
        ([grupo] if (grupo := grupo_de.get((cap, como))) else (), persona, firmas)
        for cap, como, persona, firmas in filas
    )


def _agrupar(filas: Iterable[tuple[Iterable[Hashable], int, int]]) -> dict[Hashable, Cifras]:
    """``filas``: (grupos, persona, firmas)."""
    personas, asistencias = defaultdict(set), Counter()
    for grupos, persona, firmas in filas:
        for grupo in grupos:
            personas[grupo].add(persona)
            asistencias[grupo] += firmas
    return {grupo: Cifras(len(quienes), asistencias[grupo]) for grupo, quienes in personas.items()}
