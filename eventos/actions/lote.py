"""Programar varias capacitaciones de una vez: todas o ninguna."""

from collections.abc import Iterable

from django.db import transaction

from eventos.models import Capacitacion
from eventos.renglon import Renglon, ya_programadas
from organizacion.models import Centro

from .capacitacion import guardar_capacitacion
from .filas import Filas


@transaction.atomic
def programar_lote(*, centro: Centro, renglones: Iterable[Renglon], por) -> list[Capacitacion]:
    """Guarda cada renglón como borrador de ``centro`` y devuelve los nuevos. Lo que ya está no se repite."""
    Centro.objects.select_for_update().get(pk=centro.pk)  # dos envíos a la vez no programan lo mismo
    renglones = list(renglones)
    vistas = ya_programadas(centro, [renglon.turnos[0].fecha for renglon in renglones])
    nuevas = []
    for renglon in renglones:
        if renglon.llave not in vistas:
            vistas.add(renglon.llave)
            nuevas.append(_programar(renglon, centro, por))
    return nuevas


def _programar(renglon, centro, por) -> Capacitacion:
    return guardar_capacitacion(
        capacitacion=renglon.capacitacion(centro),
        sistemas=renglon.sistemas,
        sesiones=Filas(guardar=renglon.sesiones()),
        expositores=Filas(guardar=renglon.expositores()),
        por=por,
    )
