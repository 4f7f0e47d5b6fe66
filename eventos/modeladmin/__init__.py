from .capacitacion import CapacitacionAdmin
from .inscripcion import InscripcionAdmin
from .pregunta import PreguntaAdmin
from .solicitud import SolicitudAdmin

__all__ = ["CapacitacionAdmin", "InscripcionAdmin", "PreguntaAdmin", "SolicitudAdmin"]
