"""Las pantallas de una capacitación, del programa al expediente."""

from organizacion.models import Rol

from .quien import SEDE, Acceso, con
from .quien import grupo as _grupo

VE = con("eventos.capacitacion")
PROGRAMA = VE & con("eventos.capacitacion", "a")
CAMBIA = VE & con("eventos.capacitacion", "c")
ASISTENCIA = con("eventos.inscripcion") & con("eventos.asistencia")
MARCA = ASISTENCIA & con("eventos.asistencia", "c")
INSCRIBE = con("eventos.inscripcion", "va")
ENCUESTAS = con("eventos.respuestaencuesta")
DIGITA = con("eventos.respuestaencuesta", "va")
INVITADOS = con("eventos.invitacion")
INFORME = con("eventos.informe")
ESCRIBE_INFORME = con("eventos.informe", "vc")
EXPEDIENTE = con("eventos.expediente")
CIERRA = con("eventos.expediente", "vc")
IMPORTA = PROGRAMA & con("eventos.importaciondeprograma", "a")
TECNICO = {Rol.RESPONSABLE_TECNICO}


def grupo(nombres, lee, escribe=None) -> dict[str, Acceso]:
    return _grupo(nombres, lee, escribe, de="eventos_intranet:")


ACCESOS = [
    grupo("panel anexo5 anexo7 directorio-pdf material", VE),
    grupo("crear", PROGRAMA),
    grupo("editar programa publicar cancelar en-bloque", CAMBIA),
    grupo("materiales", VE & con("eventos.material", "a")),
    grupo("preparativos", con("eventos.preparativos", "vc")),
    # El programa del mes.
    grupo("programa-del-mes agenda", con("eventos.programamensual")),
    grupo("programa-registrar", con("eventos.programamensual", "va")),
    grupo("programa-rapido programa-copiar", PROGRAMA),
    grupo("programa-importar programa-plantilla", IMPORTA),
    grupo("importacion importacion-confirmar importacion-descartar", IMPORTA),
    grupo("solicitud", con("eventos.solicitud"), con("eventos.solicitud", "vc")),
    # Convocar, invitar y llamar (R76–R82).
    grupo("invitados invitados-xlsx anexo4 anexos4", INVITADOS),
    grupo("convocar", INVITADOS & con("eventos.convocatoria", "a")),
    grupo("interes", INSCRIBE),
    grupo("llamadas llamadas-xlsx", con("eventos.llamada")),
    grupo("llamadas-armar llamadas-reafirmar", con("eventos.llamada", "va")),
    grupo("llamada-anotar", con("eventos.llamada", "vc")),
    # Inscripciones y preguntas.
    grupo("inscripcion-aceptar inscripcion-anular inscripcion-entidad", con("eventos.inscripcion", "vc")),
    grupo("pregunta-atender", con("eventos.pregunta"), con("eventos.pregunta", "vc")),
    # Logística y carpetas (R73).
    grupo("logistica carpeta carpeta-pdf", con("eventos.tarealogistica")),
    grupo("logistica-proponer logistica-agregar", con("eventos.tarealogistica", "vc")),
    grupo("tarea-marcar tarea-editar tarea-quitar", con("eventos.tarealogistica", "vc")),
    # Asistencia: la hoja, la mesa del aparato y los escaneos (R84).
    grupo("asistencia registro registro-pasar hoja", ASISTENCIA, MARCA),
    grupo("hojas no-cuentan", ASISTENCIA),
    # Lleva documentos enteros: quien trabaja con la lista.
    grupo("anexo6", MARCA),
    grupo("asistencia-marcar registro-emitir enlaces-enviar", MARCA),
    grupo("asistencia-inscribir", ASISTENCIA & INSCRIBE),
    grupo("mesas", con("eventos.mesa"), con("eventos.mesa", "va") & MARCA),
    grupo("mesa", con("eventos.mesa", "va") & MARCA),
    grupo("mesa-cerrar", con("eventos.mesa", "vc")),
    grupo("firma-en-pantalla", ASISTENCIA & con("eventos.mesa")),
    grupo("escaneo", con("eventos.escaneo")),
    grupo("escaneo-subir", ASISTENCIA & con("eventos.escaneo", "a")),
    grupo("escaneo-quitar", con("eventos.escaneo", "vd")),
    grupo("vistos-buenos vistos-buenos-pdf", con("eventos.vistobueno")),
    grupo("visto-bueno-poner", con("eventos.vistobueno", "va")),
    grupo("visto-bueno-quitar", con("eventos.vistobueno", "vd")),
    # Encuestas (R87).
    grupo("encuestas", ENCUESTAS, DIGITA),
    grupo("encuesta-csv encuestas-pdf", ENCUESTAS),
    grupo("encuesta-sala encuesta-sala-abrir encuesta-sala-cerrar", DIGITA),
    grupo("encuesta-enviar encuesta-no-enviar encuesta-cerrar", DIGITA),
    # Validación del contenido (R74) y pruebas (R89): las decide el Responsable Técnico.
    grupo("validacion-pedir", VE & con("eventos.validacion", "a")),
    grupo("validacion", con("eventos.validacion"), TECNICO),
    grupo("validacion-anexo5", con("eventos.validacion")),
    grupo("pruebas prueba-pdf prueba-clave", con("eventos.prueba")),
    grupo("prueba-empezar prueba-definir prueba-copiar", TECNICO),
    grupo("notas", con("eventos.notadeprueba"), con("eventos.notadeprueba", "va")),
    # Informe y expediente (R91–R98).
    grupo("informe", INFORME, ESCRIBE_INFORME),
    grupo("informe-foto anexo8", INFORME),
    grupo("informe-fotos informe-parte", ESCRIBE_INFORME),
    grupo("informe-presentar", ESCRIBE_INFORME & CIERRA),
    grupo("expediente expediente-archivo expediente-parte expediente-parte-guardada", EXPEDIENTE),
    grupo("expediente-anulado expediente-verificar", EXPEDIENTE),
    grupo("expediente-pieza expediente-recibir", con("eventos.expediente", "va")),
    grupo("expediente-cerrar", CIERRA),
    grupo("expediente-reabrir", CIERRA & SEDE),
    grupo("estadistica", con("eventos.asistencia")),
]
