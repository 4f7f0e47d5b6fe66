"""Con qué se dice «quién» y cómo se declara un grupo de direcciones."""

from dataclasses import dataclass

from intranet.matriz import PERMISOS
from organizacion.models import Rol
from organizacion.models.rol import ROLES_DE_CENTRO, ROLES_DE_SISTEMA, ROLES_SIN_ALCANCE

# Cualquiera, también sin cuenta.
PUBLICO = frozenset({"publico", *Rol.values})
# Quien entró con su cuenta, aunque todavía no tenga un rol: lo suyo.
CON_CUENTA = frozenset({"cuenta", *Rol.values})
# Quien tiene hoy algún rol.
PERSONAL = frozenset(Rol.values)
# Solo el superusuario, que entra a todo lo declarado.
SUPERUSUARIO = frozenset()
# Roles que alcanzan todos los centros.
SEDE = PERSONAL - {*ROLES_DE_CENTRO, *ROLES_DE_SISTEMA, *ROLES_SIN_ALCANCE}
LEE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Acceso:
    """Qué roles leen (GET) y cuáles escriben (POST y lo demás) en una dirección."""

    lee: frozenset[str]
    escribe: frozenset[str]

    def para(self, metodo: str) -> frozenset[str]:
        return self.lee if metodo in LEE else self.escribe


def con(modelo: str, letras: str = "v") -> frozenset[str]:
    """Los roles que en ``matriz`` tienen todas esas ``letras`` sobre ``modelo``."""
    return frozenset(rol for rol, suyos in PERMISOS.items() if set(letras) <= set(suyos.get(modelo, "")))


def con_algo(modelo: str) -> frozenset[str]:
    """Los que tienen cualquier letra sobre ``modelo``."""
    return frozenset(rol for rol, suyos in PERMISOS.items() if suyos.get(modelo))


def grupo(nombres: str, lee: frozenset, escribe: frozenset | None = None, *, de: str = "") -> dict[str, Acceso]:
    """Las direcciones ``nombres`` (separadas por espacios, con ``de`` delante). Sin ``escribe``, los mismos que leen.

    La que no tiene nombre se nombra por su ruta: ``ruta:intranet/test404/``.
    """
    acceso = Acceso(frozenset(lee), frozenset(lee if escribe is None else escribe))
    return {de + nombre: acceso for nombre in nombres.split()}
