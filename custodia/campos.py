"""Qué roles ven un dato personal entero, y en qué pantallas: la tabla rol × campo (ADR 0029).

Lo que no está aquí no lo ve nadie: el documento va velado («****5678») y lo demás no se muestra. La sostiene
``tests/custodia/test_campos.py``, que recorre cada dirección con cada rol. Qué filas alcanza cada quien lo decide el
alcance; a las pantallas se las nombra como en ``reverse``.
"""

from dataclasses import dataclass

from organizacion.models import Rol

DOCUMENTO = "documento"
CONTACTO = "correo y teléfono"

_EVENTOS = frozenset([Rol.COORDINADOR, Rol.ASISTENTE, Rol.ESPECIALISTA, Rol.IMPLANTADOR, Rol.OGAUC])
# Exportan inscripciones.
_EXPORTAN = _EVENTOS - {Rol.IMPLANTADOR}
# Se llevan el directorio: con el DNI se reconoce a cada quien al volver a subirlo (ADR 0034).
_SE_LO_LLEVAN = frozenset([Rol.COORDINADOR, Rol.OGAUC])
# Miran las inscripciones sin trabajar con ellas: el contacto sí, para coordinar; el documento, nunca.
_MIRAN = _EVENTOS | {Rol.COORDINADOR_ADMINISTRATIVO, Rol.RESPONSABLE_TECNICO}
# Además llevan el directorio, o al personal.
_DIRECTORIO = _EVENTOS | {Rol.COORDINADOR_ADMINISTRATIVO, Rol.ADMINISTRADOR}


@dataclass(frozen=True)
class Pantalla:
    nombre: str
    roles: frozenset
    para: str


CAMPOS: dict[str, list[Pantalla]] = {
    DOCUMENTO: [
        Pantalla("custodia_documento", _DIRECTORIO | {Rol.ODP}, "«Mostrar»: uno a uno, por POST, con su huella"),
        Pantalla("eventos_intranet:anexo6", _EVENTOS, "la hoja que se firma (Anexo 6)"),
        Pantalla("eventos_intranet:vistos-buenos-pdf", _EVENTOS, "la lista que se firma (R85)"),
        Pantalla("eventos_intranet:expediente-parte", _EVENTOS, "el registro que sustenta las firmas (R92)"),
        Pantalla("inscripciones_modeladmin_index", _EXPORTAN, "la exportación, con su motivo"),
        Pantalla("directorio_exportar", _SE_LO_LLEVAN, "la exportación de operadores, con su motivo"),
    ],
    CONTACTO: [
        Pantalla("inscripciones_modeladmin_inspect", _MIRAN, "la ficha de una inscripción"),
        Pantalla("inscripciones_modeladmin_edit", _EVENTOS, "corregir la copia de sus datos"),
        Pantalla("inscripciones_modeladmin_index", _EXPORTAN, "la exportación, con su motivo"),
        Pantalla("eventos_intranet:inscripcion-aceptar", _EVENTOS, "llamarle para ofrecerle un cupo"),
        Pantalla("eventos_intranet:anexo6", _EVENTOS, "la hoja que se firma (Anexo 6)"),
        Pantalla("eventos_intranet:expediente-parte", _EVENTOS, "el registro que sustenta las firmas (R92)"),
        Pantalla("eventos_intranet:llamadas", _EVENTOS, "llamar para reafirmar (R79)"),
        Pantalla("eventos_intranet:llamadas-xlsx", _EVENTOS, "la lista para llamar"),
        Pantalla("eventos_intranet:asistencia-inscribir", _EVENTOS, "inscribir a quien llegó a la puerta"),
        Pantalla("eventos_intranet:panel", _EVENTOS, "los cupos ofrecidos, por confirmar"),
        Pantalla("wagtailadmin_home", _EVENTOS, "los cupos ofrecidos, por confirmar"),
    ],
}


def lo_ve(dato: str, rol: str, pantalla: str) -> bool:
    return any(lugar.nombre == pantalla and rol in lugar.roles for lugar in CAMPOS[dato])


@dataclass(frozen=True)
class ConDocumento:
    """Una fila que lleva un documento: su ``modelo``, el permiso de quien lo ve entero y su ficha.

    ``persona``: el campo que lleva a la ``Persona``; vacío si el documento está en la fila misma.
    """

    modelo: str
    permiso: str
    ficha: str
    persona: str = "persona"


# Clase que va en la dirección de «Mostrar». Lo muestra quien trabaja con la fila, no quien solo la mira.
CON_DOCUMENTO = {
    "inscripcion": ConDocumento(
        "eventos.inscripcion", "eventos.change_inscripcion", ficha="inscripciones_modeladmin_inspect"
    ),
    "operador": ConDocumento(
        "directorio.operador", "directorio.change_operador", ficha="directorio_operador_modeladmin_inspect"
    ),
    "personal": ConDocumento(
        "directorio.personal", "directorio.change_personal", ficha="directorio_personal_modeladmin_inspect"
    ),
    # Con él se comprueba quién pide: puede no figurar en ninguna otra parte.
    "solicitud": ConDocumento(
        "custodia.solicituddederechos", "custodia.change_solicituddederechos", ficha="custodia_solicitud", persona=""
    ),
}
