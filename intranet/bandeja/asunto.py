"""De qué está hecha la bandeja: asuntos, y en cada uno las líneas que llevan a resolverlo."""

from dataclasses import dataclass

from django.urls import reverse

from comun.alcance import alcance_de
from eventos.models import Capacitacion

LINEAS = 5


@dataclass(frozen=True)
class Linea:
    texto: str
    url: str
    detalle: str = ""


@dataclass(frozen=True)
class Asunto:
    """``url`` lleva a la lista completa cuando hay más de lo que se muestra."""

    titulo: str
    lineas: list[Linea]
    url: str = ""
    es_urgente: bool = False


def armar(titulo, filas, linea, *, url="", es_urgente=False) -> Asunto | None:
    """El asunto con las primeras ``filas``, cada una hecha ``linea(fila)``; ``None`` si no hay ninguna."""
    filas = list(filas[: LINEAS + 1])
    if not filas:
        return None
    return Asunto(titulo, [linea(fila) for fila in filas[:LINEAS]], url if len(filas) > LINEAS else "", es_urgente)


def lista(consulta="", registro="capacitaciones") -> str:
    """La dirección de un registro, con sus filtros."""
    return reverse(f"{registro}_modeladmin_index") + consulta


def de_sus_centros(usuario, permiso: str):
    """Las capacitaciones de los centros en que ``usuario`` tiene ``permiso``, o todas en la sede."""
    alcance = alcance_de(usuario, permiso)
    filas = Capacitacion.objects.para(usuario)
    return filas if alcance.nacional else filas.filter(centro__in=alcance.centros)
