from .asistencia import Asistencia
from .calendario import CalendarioPage
from .capacitacion import Capacitacion
from .encuesta import Calificacion, ItemEncuesta, RespuestaEncuesta
from .inscripcion import Inscripcion
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
    "RespuestaEncuesta",
    "Sesion",
]
