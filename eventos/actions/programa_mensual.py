"""Dar por registrado el programa de un mes (R66)."""

import datetime as dt

from django.db import transaction

from custodia.actions import anotar
from eventos.calendario import ultimo_dia
from eventos.models import Capacitacion, ProgramaMensual
from organizacion.models import Centro

from .rechazos import NoProcede


class ProgramaVacio(NoProcede): ...


@transaction.atomic
def dar_por_registrado(*, centro: Centro, mes: dt.date, por) -> ProgramaMensual:
    """Deja dicho que el programa de ``mes`` (su primer día) está registrado, quién y cuándo. Repetirla no lo cambia."""
    suyas = Capacitacion.objects.filter(centro=centro).exclude(estado=Capacitacion.Estado.CANCELADA)
    registro = ProgramaMensual.objects.filter(centro=centro, anio=mes.year, mes=mes.month).first()
    if registro:
        return registro
    if not suyas.entre(mes, ultimo_dia(mes)).exists():
        raise ProgramaVacio("Ese mes no tiene ninguna capacitación del centro: programe al menos una.")
    registro, nuevo = ProgramaMensual.objects.get_or_create(
        centro=centro, anio=mes.year, mes=mes.month, defaults={"registrado_por": por}
    )
    if nuevo:
        anotar(accion="registrar programa", por=por, objeto=registro)
    return registro
