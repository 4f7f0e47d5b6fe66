"""El directorio y los datos de una persona. Se anotan en ``comun.registros`` al importarse."""

from . import datos, efectos, reglas
from .efectos import OPERA
from .suyo import operadores_de, personal_de

__all__ = ["OPERA", "datos", "efectos", "operadores_de", "personal_de", "reglas"]
