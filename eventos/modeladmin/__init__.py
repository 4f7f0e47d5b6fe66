from .capacitacion import CapacitacionAdmin
from .inscripcion import InscripcionAdmin
from .pregunta import PreguntaAdmin
from .validacion import ValidacionAdmin

__all__ = ["CapacitacionAdmin", "InscripcionAdmin", "PreguntaAdmin", "ValidacionAdmin"]
