"""Con cuántos días de anticipación se invita (R76)."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from comun.plazos import UN_DIA, habiles_entre
from organizacion.dias import no_laborables
from organizacion.models import AjustesPortal

from .models import Capacitacion


def dias_de_anticipacion(capacitacion: Capacitacion, desde: dt.date | None = None) -> int:
    """Los que hay de ``desde`` (hoy, si no se dice) a su primer día, que se cuenta; negativos si ya pasó.

    El lineamiento no dice si son hábiles: por defecto son calendario, y un ajuste del portal lo cambia.
    """
    return _contador(capacitacion)(desde or timezone.localdate())


def _contador(capacitacion) -> Callable[[dt.date], int]:
    """La cuenta de días hasta la capacitación, con los ajustes y los feriados leídos una sola vez."""
    inicio = capacitacion.fecha_inicio
    if not AjustesPortal.load().invitacion_en_dias_habiles:
        return lambda desde: (inicio - desde).days
    feriados = no_laborables(capacitacion.centro)
    return lambda desde: habiles_entre(desde, inicio, feriados) if desde < inicio else (inicio - desde).days


def dias_exigidos() -> int:
    return AjustesPortal.load().dias_de_invitacion


def es_tardia(capacitacion: Capacitacion, desde: dt.date | None = None) -> bool:
    """Si invitar en ``desde`` es hacerlo con menos días de los que pide el lineamiento."""
    return dias_de_anticipacion(capacitacion, desde) < dias_exigidos()


def ultimo_dia_para_invitar(capacitacion: Capacitacion) -> dt.date:
    """La última fecha en que invitar no es tarde."""
    contar, exigidos = _contador(capacitacion), dias_exigidos()
    fecha = capacitacion.fecha_inicio - dt.timedelta(days=exigidos)
    while contar(fecha) < exigidos:  # en días hábiles hay que retroceder más
        fecha -= UN_DIA
    return fecha


def en_dias(cuantos: int) -> str:
    """«8 días hábiles», «1 día»: en los que el portal cuenta."""
    habiles = AjustesPortal.load().invitacion_en_dias_habiles
    unidad = ("día hábil", "días hábiles") if habiles else ("día", "días")
    return f"{cuantos} {unidad[0] if cuantos == 1 else unidad[1]}"
