"""Los dos registros en que se buscan repetidas: qué se compara y qué se une."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from directorio.models import Entidad, Operador

from .actions import DE_ENTIDAD, DE_OPERADOR, fusionar_entidades, fusionar_operadores
from .parecidos import entidades_parecidas, operadores_parecidos


@dataclass(frozen=True)
class Registro:
    """``filas``: nombre del QuerySet de lo vivo; ``centro``: camino al centro; ``absorbida``: argumento de ``unir``."""

    clave: str
    modelo: type[Model]
    plural: str
    vivas: str
    centro: str
    relacionadas: tuple[str, ...]
    campos: tuple[str, ...]
    parecidas: Callable
    unir: Callable
    absorbida: str

    def centro_de(self, fila) -> int | None:
        """La llave del centro de ``fila``."""
        return (fila.entidad if isinstance(fila, Operador) else fila).centro_id

    @property
    def ficha(self) -> str:
        return f"directorio_{self.clave}_modeladmin_inspect"


_LUGAR = "distrito__provincia__departamento"
REGISTROS = {
    "operador": Registro(
        "operador", Operador, "Operadores", "activos", "entidad__centro", ("entidad__" + _LUGAR, "persona"),
        DE_OPERADOR, operadores_parecidos, fusionar_operadores, "absorbido",
    ),
    "entidad": Registro(
        "entidad", Entidad, "Entidades", "activas", "centro", (_LUGAR, "centro", "padre"), DE_ENTIDAD,
        entidades_parecidas, fusionar_entidades, "absorbida",
    ),
}  # fmt: skip
