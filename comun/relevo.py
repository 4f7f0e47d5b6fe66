"""Lo que alguien deja pendiente al irse y quién lo toma (registro ``relevos``)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

SE_QUEDA_IGUAL = "queda sin responsable"


@dataclass(frozen=True)
class Relevo:
    """Un tipo de trabajo a cargo de una cuenta: su parte del directorio, validaciones, tareas.

    ``filas(usuario)``: lo que tiene abierto. ``candidatos(usuario)``: cuentas que podrían tomarlo (QuerySet de
    ``Usuario``). ``pasar(*, de, a, por)``: lo pasa todo dentro de la transacción del que llama y, si hay algo más que
    decir que el nombre de ``a``, lo dice.
    ``prever(*, de, a, desde)``: solo en lo que se toma con un rol, qué pasará con él si ``de`` se va ese día; con
    ``a`` vacío, lo que recibirá quien se elija. Sin nadie elegido, ese rol no se presta: ``pasar`` recibe ``a=None``.
    """

    clave: str
    titulo: str
    filas: Callable[[object], QuerySet]
    candidatos: Callable[[object], QuerySet]
    pasar: Callable[..., str | None]
    prever: Callable[..., str] | None = None
