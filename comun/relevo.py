"""Lo que alguien deja pendiente al irse y quién lo toma (registro ``relevos``)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet


@dataclass(frozen=True)
class Relevo:
    """Un tipo de trabajo a cargo de una cuenta: su parte del directorio, validaciones, tareas.

    ``filas(usuario)``: lo que tiene abierto. ``candidatos(usuario)``: cuentas que podrían tomarlo (QuerySet de
    ``Usuario``). ``pasar(*, de, a, por)``: lo pasa todo dentro de la transacción del que llama y dice cuántas.
    """

    clave: str
    titulo: str
    filas: Callable[[object], QuerySet]
    candidatos: Callable[[object], QuerySet]
    pasar: Callable[..., int]
