"""Pasar a una fila lo que señalaba a otra, sea de la app que sea: se recorre lo que Django sabe que la señala."""

from django.db import IntegrityError, transaction
from django.db.models import Model

from comun.busqueda import Buscable


def trasladar(*, de: Model, a: Model) -> dict[str, int]:
    """Todo lo que señala a ``de`` señala a ``a``; cuántas filas de cada modelo. Va dentro de una transacción.

    Lo que chocaría con una fila de ``a`` (la misma invitación a las dos) se queda donde está.
    """
    movidas = {}
    for relacion in de._meta.related_objects:
        if not relacion.many_to_many:
            cuantas = _mover(relacion.related_model, relacion.field.name, de, a)
            if cuantas:
                movidas[relacion.related_model._meta.label_lower] = cuantas
    return movidas


def _mover(modelo, campo: str, de: Model, a: Model) -> int:
    filas = modelo._base_manager.filter(**{campo: de.pk})
    llaves = list(filas.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            cuantas = filas.update(**{campo: a.pk})
    except IntegrityError:
        cuantas = sum(_mover_una(modelo, llave, campo, a) for llave in llaves)
    if issubclass(modelo, Buscable):
        for fila in modelo._base_manager.filter(pk__in=llaves):
            fila.save(update_fields=["texto_busqueda"])
    return cuantas


def _mover_una(modelo, llave, campo: str, a: Model) -> int:
    try:
        with transaction.atomic():
            return modelo._base_manager.filter(pk=llave).update(**{campo: a.pk})
    except IntegrityError:
        return 0
