"""Las capacitaciones y los datos de una persona. Se anotan en ``comun.registros`` al importarse."""

from . import datos, efectos, reglas

__all__ = ["datos", "efectos", "reglas"]
