"""Entidades que alguien escribió a mano porque el directorio no las tenía (registro ``entidades_escritas``)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Escrita:
    """Una fila por vincular. ``distrito`` y ``centro`` son llaves; ``None`` si no se sabe."""

    llave: int
    texto: str
    distrito: str | None
    centro: int | None


@dataclass(frozen=True)
class Fuente:
    """``filas(usuario)``: las que ese usuario puede vincular. ``vincular(*, llaves, entidad, por)``: cuántas fueron."""

    clave: str
    que_son: str
    puede: Callable[[object], bool]
    filas: Callable[[object], Iterable[Escrita]]
    vincular: Callable[..., int]
