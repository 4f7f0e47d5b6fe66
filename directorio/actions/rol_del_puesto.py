"""El rol de la cuenta sigue al puesto: termina el de antes y empieza el nuevo el mismo día."""

import datetime as dt

from django.core.exceptions import ValidationError

from directorio.models import Personal
from organizacion.actions import asignar_rol, sincronizar_grupos
from organizacion.models import ROLES_DE_CENTRO

from .rechazos import CambioImposible

SEDE = Personal.Cargo.SEDE
SIN_FACULTAD = "Su cuenta sigue con el rol de antes: pida a la OGAUC o al administrador que se lo cambie en «Acceso»."
ELIJA_ROL = "Su cuenta quedó sin el rol de antes: dele en «Acceso» el que le toca en la sede."


def seguir_con_el_rol(*, personal: Personal, antes: dict, desde: dt.date, con_rol: bool) -> str:
    """Lo que queda por hacer con la cuenta de ``personal``, que ya lleva su puesto nuevo; «» si nada.

    Levanta ``CambioImposible`` si el rol nuevo no se puede dar: otro ya es Responsable Técnico de ese sistema.
    """
    usuario = personal.usuario
    if usuario is None or not usuario.is_active or _mismo_rol(antes, personal):
        return ""
    if not con_rol:
        return SIN_FACULTAD
    _terminar(usuario, antes, desde)
    pendiente = ELIJA_ROL if personal.cargo == SEDE else ""
    if not pendiente:
        _dar(usuario, personal, desde)
    sincronizar_grupos(usuario)
    return pendiente


def _mismo_rol(antes: dict, personal) -> bool:
    return all(antes[campo] == getattr(personal, campo) for campo in ("cargo", "centro", "sistema"))


def _terminar(usuario, antes: dict, desde: dt.date) -> None:
    """Las encargaturas son de la persona y no de su puesto: no se tocan."""
    propias = usuario.asignaciones.filter(es_encargatura=False)
    de_antes = {"centro__isnull": True} if antes["cargo"] == SEDE else {"rol": antes["cargo"]}
    propias = propias.filter(**de_antes)
    propias.filter(desde__gte=desde).delete()
    for asignacion in propias.exclude(hasta__lt=desde):
        asignacion.hasta = desde - dt.timedelta(days=1)
        asignacion.save(update_fields=["hasta"])


def _dar(usuario, personal, desde: dt.date) -> None:
    centro = personal.centro if personal.cargo in ROLES_DE_CENTRO else None
    try:
        asignar_rol(usuario=usuario, rol=personal.cargo, centro=centro, sistema=personal.sistema, desde=desde)
    except ValidationError as error:
        raise CambioImposible(" ".join(error.messages)) from error


def quitar_rol_programado(*, personal: Personal, desde: dt.date) -> None:
    """Deshace lo que ``seguir_con_el_rol`` dejó anotado para la fecha ``desde``, que aún no llega."""
    if personal.usuario is None:
        return
    propias = personal.usuario.asignaciones.filter(es_encargatura=False)
    propias.filter(desde=desde).delete()
    propias.filter(hasta=desde - dt.timedelta(days=1)).update(hasta=None)
