"""Lo que pasaría con cada capacitación elegida, antes de cancelarlas o moverlas en bloque."""

import datetime as dt
from dataclasses import dataclass, field

from comun.plazos import es_habil
from eventos.actions.cancelacion import exigir_que_se_cancele, tiene_firmas
from eventos.actions.rechazos import NoProcede
from eventos.actions.reprogramacion import exigir_que_se_mueva
from eventos.models import Capacitacion
from organizacion.dias import no_laborables


@dataclass
class Renglon:
    """``fechas``: las nuevas, si se mueve, y si cada una es laborable. ``impedimento``: por qué no se toca."""

    capacitacion: Capacitacion
    fechas: list[tuple[dt.date, bool]] = field(default_factory=list)
    impedimento: str = ""


def elegibles(usuario, centro, desde: dt.date, hasta: dt.date) -> list[Capacitacion]:
    """Las publicadas de ``centro`` con alguna sesión entre las dos fechas.

    Cada una con su ``eleccion`` (lo que manda su casilla) y su ``impedimento``.
    """
    filas = Capacitacion.objects.propias(usuario).en_pie().filter(centro=centro).entre(desde, hasta)
    filas = list(filas.para_mostrar().order_by("fecha_inicio", "pk"))
    for fila in filas:
        fila.eleccion = f"{fila.pk}:{fila.secuencia}"
        fila.impedimento = "Tiene asistencias firmadas." if tiene_firmas(fila) else ""
        fila.impedimento = "Su expediente se cerró." if fila.esta_cerrada else fila.impedimento
    return filas


def si_se_cancelan(capacitaciones, motivo: str) -> list[Renglon]:
    return [Renglon(fila, impedimento=_impide(exigir_que_se_cancele, fila, motivo)) for fila in capacitaciones]


def si_se_mueven(capacitaciones, dias: int) -> list[Renglon]:
    renglones, paso = [], dt.timedelta(days=dias)
    for fila in capacitaciones:
        no_se_trabaja = no_laborables(fila.centro)
        fechas = [(fecha + paso, es_habil(fecha + paso, no_se_trabaja)) for fecha, _ in fila.dias]
        renglones.append(Renglon(fila, fechas, _impide(exigir_que_se_mueva, fila, dias)))
    return renglones


def _impide(exigir, *datos) -> str:
    try:
        exigir(*datos)
    except NoProcede as error:
        return str(error)
    return ""
