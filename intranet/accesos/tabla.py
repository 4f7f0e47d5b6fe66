"""La tabla entera y lo que se le pregunta. La dirección que no está, no la abre nadie."""

from functools import cache

from . import acceso, administracion, boletines, correo, custodia, directorio, editor, eventos, home, publico, registros
from .quien import Acceso

TEMAS = (publico, acceso, home, eventos, boletines, directorio, correo, custodia, editor, administracion)


class DeclaradaDosVeces(Exception):
    """Una dirección está en dos grupos: no se sabría cuál manda."""


@cache
def tabla() -> dict[str, Acceso]:
    """Nombre de cada dirección y quiénes la abren. Se arma al primer pedido, cuando los registros ya existen."""
    todas = {}
    for parte in (registros.accesos(), *(grupo for tema in TEMAS for grupo in tema.ACCESOS)):
        if repetidas := todas.keys() & parte.keys():
            raise DeclaradaDosVeces(", ".join(sorted(repetidas)))
        todas |= parte
    return todas


def entra(usuario, nombre: str, metodo: str) -> bool:
    """Si ``usuario`` abre con ``metodo`` la dirección ``nombre``."""
    acceso = tabla().get(nombre)
    return acceso is not None and _esta_en(usuario, acceso.para(metodo))


def _esta_en(usuario, quienes: frozenset[str]) -> bool:
    if "publico" in quienes:
        return True
    if not usuario.is_authenticated or not usuario.is_active:
        return False
    if "cuenta" in quienes:
        return True
    return usuario.is_superuser or not usuario.roles.isdisjoint(quienes)
