from .capacitacion import CapacitacionAdmin
from .inscripcion import InscripcionAdmin
from .pregunta import PreguntaAdmin
from .solicitud import SolicitudAdmin
from .validacion import ValidacionAdmin

__all__ = ["CapacitacionAdmin", "InscripcionAdmin", "PreguntaAdmin", "SolicitudAdmin", "ValidacionAdmin"]
