"""La agenda de las personas a través de los servicios: qué tiene cada quien y a qué hora."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from comun.alcance import alcance_de
from comun.registros import agendas


@dataclass(frozen=True)
class Compromiso:
    """Lo que ocupa a alguien del personal a unas horas de un día, sea del servicio que sea.

    ``centro``: la llave y el nombre del centro dueño, o ``(None, "la sede")``. ``es_publico``: si cualquiera puede
    saber de qué se trata; si no, quien tiene ``permiso`` en él y fuera de su centro solo se dice que está ocupado.
    """

    personal: int
    fecha: dt.date
    hora_inicio: dt.time
    hora_fin: dt.time
    servicio: str
    titulo: str
    url: str
    centro: tuple[int | None, str]
    es_publico: bool = False
    permiso: str = ""

    def lo_alcanza(self, usuario) -> bool:
        alcance = alcance_de(usuario, *filter(None, [self.permiso]))
        return alcance.nacional or self.centro[0] in alcance.centros


def se_cruzan(uno, otro) -> bool:
    """Si dos cosas con ``fecha``, ``hora_inicio`` y ``hora_fin`` coinciden en algún momento."""
    return uno.fecha == otro.fecha and uno.hora_inicio < otro.hora_fin and otro.hora_inicio < uno.hora_fin


def compromisos_de(personal: Iterable[int], desde: dt.date, hasta: dt.date) -> list[Compromiso]:
    """Los de esas personas entre dos fechas incluidas, en orden, de todos los servicios."""
    llaves = set(personal)
    todos = [c for consultar in agendas for c in consultar(llaves, desde, hasta)] if llaves else []
    return sorted(todos, key=lambda c: (c.fecha, c.hora_inicio, c.personal, c.titulo))
