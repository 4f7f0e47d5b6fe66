from .capacitacion import CapacitacionAdmin
from .inscripcion import InscripcionAdmin

__all__ = ["CapacitacionAdmin", "InscripcionAdmin"]
