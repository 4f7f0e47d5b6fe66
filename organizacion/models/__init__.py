from .ajustes import AjustesPortal
from .centro import Centro, Jurisdiccion
from .dias import DiaNoLaborable
from .horario import HorarioEspecial
from .latido import Latido
from .nombre import NombreDeCentro
from .persona import Persona, TipoDocumento
from .rectoria import Organo, Sistema
from .rol import (
    ROLES_DE_CENTRO,
    ROLES_DE_SISTEMA,
    ROLES_DE_UNO_SOLO,
    ROLES_QUE_LLEVAN_SISTEMA,
    ROLES_SIN_ALCANCE,
    Asignacion,
    Rol,
)
from .territorio import Departamento, Distrito, Provincia
from .usuario import Usuario
from .version import VersionPublica

__all__ = [
    "ROLES_DE_CENTRO",
    "ROLES_DE_SISTEMA",
    "ROLES_DE_UNO_SOLO",
    "ROLES_QUE_LLEVAN_SISTEMA",
    "ROLES_SIN_ALCANCE",
    "AjustesPortal",
    "Asignacion",
    "Centro",
    "Departamento",
    "DiaNoLaborable",
    "Distrito",
    "HorarioEspecial",
    "Jurisdiccion",
    "Latido",
    "NombreDeCentro",
    "Organo",
    "Persona",
    "Provincia",
    "Rol",
    "Sistema",
    "TipoDocumento",
    "Usuario",
    "VersionPublica",
]
