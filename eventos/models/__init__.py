from .asistencia import Asistencia
from .calendario import CalendarioPage
from .cambio import Motivo, Reprogramacion
from .capacitacion import Capacitacion
from .encuesta import Calificacion, ItemEncuesta, RespuestaEncuesta
from .inscripcion import Inscripcion
from .material import Material
from .pregunta import Pregunta
from .programa import ActividadPrograma, Expositor, Sesion

__all__ = [
    "ActividadPrograma",
    "Asistencia",
    "CalendarioPage",
    "Calificacion",
    "Capacitacion",
    "Expositor",
    "Inscripcion",
    "ItemEncuesta",
    "Material",
    "Motivo",
    "Pregunta",
    "Reprogramacion",
    "RespuestaEncuesta",
    "Sesion",
]
