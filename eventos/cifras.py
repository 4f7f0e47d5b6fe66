"""Las cifras de una capacitación: el único lugar donde se cuentan (invariante 4, R84).

*Asistencias*: personas-sesión firmadas. *Participantes*: documentos distintos con al menos una asistencia firmada.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, Value, When

from .models import Asistencia, Capacitacion

_ASISTENCIAS = Count("pk")
_PARTICIPANTES = Count("inscripcion__persona", distinct=True)


@dataclass(frozen=True)
class Cifras:
    participantes: int = 0
    asistencias: int = 0


def _firmadas(capacitaciones):
    return Asistencia.objects.firmadas().filter(sesion__capacitacion__in=capacitaciones)


def cifras_de(capacitacion: Capacitacion) -> Cifras:
    return cifras_totales([capacitacion.pk])


def cifras_totales(capacitaciones) -> Cifras:
    """Las de un conjunto (queryset, lista de filas o de llaves): quien asistió a dos cuenta como un participante."""
    return Cifras(**_firmadas(capacitaciones).aggregate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS))


def cifras_por_capacitacion(capacitaciones) -> dict[int, Cifras]:
    """Las de cada una en una sola consulta; la que no tiene asistencias firmadas no está en el resultado."""
    filas = _firmadas(capacitaciones).order_by().values("sesion__capacitacion")
    contadas = filas.annotate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    return {f["sesion__capacitacion"]: Cifras(f["participantes"], f["asistencias"]) for f in contadas}


def firmas_por_sesion(capacitacion: Capacitacion) -> dict[int, int]:
    """Cuántas personas firmaron en cada sesión."""
    filas = _firmadas([capacitacion.pk]).order_by().values("sesion")
    return {f["sesion"]: f["firmas"] for f in filas.annotate(firmas=_ASISTENCIAS)}


def cifras_por_grupo(capacitaciones, grupo_de: dict[int, Hashable]) -> dict[Hashable, Cifras]:
    """Las de cada grupo, en una consulta; ``grupo_de`` dice el de cada llave: quien asistió a dos del mismo es uno."""
    return cifras_por_grupos(capacitaciones, {pk: [grupo] for pk, grupo in grupo_de.items() if grupo})


def cifras_por_grupos(capacitaciones, grupos_de: dict[int, Iterable[Hashable]]) -> dict[Hashable, Cifras]:
    """Como ``cifras_por_grupo``, si una capacitación está en varios (sus sistemas): en cada uno se cuenta entera."""
    personas, asistencias = defaultdict(set), Counter()
    filas = _firmadas(capacitaciones).order_by().values_list("sesion__capacitacion", "inscripcion__persona")
    for capacitacion, persona, firmas in filas.annotate(firmas=_ASISTENCIAS):
        for grupo in grupos_de.get(capacitacion, ()):
            personas[grupo].add(persona)
            asistencias[grupo] += firmas
    return {grupo: Cifras(len(quienes), asistencias[grupo]) for grupo, quienes in personas.items()}


def cifras_por_modalidad(capacitaciones) -> dict[str, Cifras]:
    """Las de cada modalidad oficial (R58): en una híbrida, cada persona en la que eligió.

    Quien no la eligió cuenta como presencial: estuvo donde se firma.
    """
    presencial, virtual = Capacitacion.Modalidad.PRESENCIAL, Capacitacion.Modalidad.VIRTUAL
    de_la_persona = Case(When(inscripcion__modalidad="", then=Value(presencial)), default=F("inscripcion__modalidad"))
    modalidad = Case(
        When(sesion__capacitacion__modalidad=Capacitacion.Modalidad.HIBRIDA, then=de_la_persona),
        default=F("sesion__capacitacion__modalidad"),
    )
    filas = _firmadas(capacitaciones).order_by().values(como=modalidad)
    contadas = {
        f["como"]: Cifras(f["participantes"], f["asistencias"])
        for f in filas.annotate(participantes=_PARTICIPANTES, asistencias=_ASISTENCIAS)
    }
    return {valor: contadas.get(valor, Cifras()) for valor in (presencial, virtual)}
