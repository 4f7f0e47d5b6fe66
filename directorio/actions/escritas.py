"""Vincular con el directorio lo que alguien escribió a mano, en todos los sitios donde se escribió igual."""

from django.db import transaction

from comun.registros import entidades_escritas
from custodia.actions import anotar
from directorio.models import Entidad

from .rechazos import CambioImposible

YA_VINCULADA = "Otra persona ya la vinculó."


@transaction.atomic
def vincular_escritas(*, de: dict[str, list[int]], entidad: Entidad, por) -> int:
    """``de``: clave de cada fuente → llaves de sus filas. Devuelve cuántas se vincularon."""
    return sum(
        fuente.vincular(llaves=de[fuente.clave], entidad=entidad, por=por)
        for fuente in entidades_escritas
        if de.get(fuente.clave)
    )


@transaction.atomic
def crear_desde_escritas(*, entidad: Entidad, de: dict[str, list[int]], por, request=None) -> int:
    """Agrega ``entidad`` al directorio y la vincula. Levanta ``CambioImposible``, sin agregarla, si ya lo estaban."""
    entidad.save()
    anotar(accion="crear entidad", por=por, objeto=entidad, request=request)
    if not (cuantas := vincular_escritas(de=de, entidad=entidad, por=por)):
        raise CambioImposible(YA_VINCULADA)
    return cuantas
