"""Registrar a quien avisó por teléfono o por correo que quiere participar (R82)."""

from collections.abc import Mapping

from django.db import transaction

from eventos.models import Capacitacion, Inscripcion, Invitacion

from .convocatoria import unir_inscripcion
from .inscripcion import InscripcionCerrada, inscribir
from .rechazos import exigir_abierta

CANALES = (Inscripcion.Canal.TELEFONO, Inscripcion.Canal.CORREO)


@transaction.atomic
def registrar_interes(
    *, capacitacion: Capacitacion, datos: Mapping, canal: str, por, invitacion: Invitacion | None = None, request=None
) -> Inscripcion:
    """Lo inscribe, o lo deja en la lista de espera si no hay cupo, con el medio por el que avisó (de ``CANALES``).

    ``invitacion``: la que se le recordó al llamarlo, para que conste que de ella salió. Ya empezada, se inscribe en la
    puerta: levanta ``InscripcionCerrada``.
    """
    exigir_abierta(capacitacion)
    if capacitacion.ya_empezo():
        raise InscripcionCerrada("Ya empezó: inscríbalo en la mesa de asistencia.")
    inscripcion = inscribir(capacitacion=capacitacion, datos=datos, canal=canal, por=por, request=request)
    if invitacion:
        unir_inscripcion(invitacion=invitacion, inscripcion=inscripcion)
    return inscripcion
