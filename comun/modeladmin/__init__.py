"""Base única de los registros del personal sobre wagtail-modeladmin (ADR 0002).

modeladmin no tiene alcance: un ``get_queryset`` recortado deja abiertos la edición, la inspección, el borrado y la
historia de una fila ajena, lista filas ajenas en los selectores y permite mover una fila a otro centro. Aquí se
cierra todo una vez; los registros de cada app solo declaran columnas, filtros y paneles.
"""

from .botones import BotonesDelRegistro
from .ficha import Ficha
from .filtros import BuscadorNormalizado, FiltroEnAlcance
from .formularios import Alta, Edicion, FormularioEnAlcance, estrechar
from .listado import Listado
from .permisos import PermisosEnAlcance
from .registro import RegistroAdmin

__all__ = [
    "Alta",
    "BotonesDelRegistro",
    "BuscadorNormalizado",
    "Edicion",
    "Ficha",
    "FiltroEnAlcance",
    "FormularioEnAlcance",
    "Listado",
    "PermisosEnAlcance",
    "RegistroAdmin",
    "estrechar",
]
