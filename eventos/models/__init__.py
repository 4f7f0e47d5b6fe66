from .asistencia import Asistencia
from .calendario import CalendarioPage
from .cambio import Motivo, Reprogramacion
from .capacitacion import Capacitacion
from .convocatoria import Convocatoria, Invitacion, Llamada
from .encuesta import AplicacionDeEncuesta, BoletaDeEncuesta, Calificacion, ItemEncuesta, RespuestaEncuesta
from .expediente import CierreAnulado, Expediente, ParteDeExpediente, PiezaDeExpediente
from .informe import FotoDeInforme, Informe, ParteDeInforme
from .inscripcion import Inscripcion
from .logistica import TareaLogistica
from .material import Material
from .mesa import Mesa, OperacionDeMesa
from .pregunta import Pregunta
from .preparativos import Preparativos
from .programa import ActividadPrograma, Expositor, Sesion
from .programa_mensual import ImportacionDePrograma, ProgramaMensual
from .prueba import AlternativaDePrueba, NotaDePrueba, PreguntaDePrueba, Prueba
from .registro import EnlaceDeAsistencia, Escaneo, FirmaEnPantalla, HojaDeRegistro, VistoBueno
from .solicitud import Solicitud
from .validacion import DecisionDeValidacion, Validacion

__all__ = [
    "ActividadPrograma",
    "AlternativaDePrueba",
    "AplicacionDeEncuesta",
    "Asistencia",
    "BoletaDeEncuesta",
    "CalendarioPage",
    "Calificacion",
    "Capacitacion",
    "CierreAnulado",
    "Convocatoria",
    "DecisionDeValidacion",
    "EnlaceDeAsistencia",
    "Escaneo",
    "Expediente",
    "Expositor",
    "FirmaEnPantalla",
    "FotoDeInforme",
    "HojaDeRegistro",
    "ImportacionDePrograma",
    "Informe",
    "Inscripcion",
    "Invitacion",
    "ItemEncuesta",
    "Llamada",
    "Material",
    "Mesa",
    "Motivo",
    "NotaDePrueba",
    "OperacionDeMesa",
    "ParteDeExpediente",
    "ParteDeInforme",
    "PiezaDeExpediente",
    "Pregunta",
    "PreguntaDePrueba",
    "Preparativos",
    "ProgramaMensual",
    "Prueba",
    "Reprogramacion",
    "RespuestaEncuesta",
    "Sesion",
    "Solicitud",
    "TareaLogistica",
    "Validacion",
    "VistoBueno",
]
