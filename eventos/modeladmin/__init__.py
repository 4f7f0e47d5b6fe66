from .capacitacion import CapacitacionAdmin
from .inscripcion import InscripcionAdmin
from .pregunta import PreguntaAdmin

__all__ = ["CapacitacionAdmin", "InscripcionAdmin", "PreguntaAdmin"]
