"""Lo que cada piso borra o anonimiza cuando vence su plazo (registro ``retenciones``)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

LOTE = 500


@dataclass(frozen=True)
class Regla:
    """``clave`` es la de su plazo en ``custodia.finalidades.PLAZOS``.

    ``vencidas(limite)``: las filas de antes de ``limite`` que aún tienen lo que se retira; al retirarlo dejan de salir,
    y por eso repetirla no hace daño. ``retirar(filas)``: lo hace con una lista de filas, dentro de una transacción.
    """

    clave: str
    titulo: str
    vencidas: Callable[[dt.datetime], QuerySet]
    retirar: Callable[[list], None]


def aplicar(regla: Regla, limite: dt.datetime, lote: int = LOTE) -> int:
    """Retira lo vencido de ``lote`` en ``lote``, cada uno en su transacción; cuántas filas."""
    total = 0
    while True:
        with transaction.atomic():
            filas = list(regla.vencidas(limite).order_by("pk")[:lote])
            if not filas:
                return total
            regla.retirar(filas)
        total += len(filas)
