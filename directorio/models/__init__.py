from .autoridad import Autoridad
from .campania import Campania, Pedido
from .cartera import Cartera
from .cese import Cese
from .contacto import Contacto
from .entidad import Entidad
from .fusion import Fusion, NoEsDuplicado
from .historia import NombreDeEntidad, Puesto, PuestoDePersonal
from .importacion import ColumnasRecordadas, Importacion, RenglonDeImportacion
from .medio import Medio
from .operador import Operador
from .paginas import CentroPage, CentrosIndexPage
from .personal import Personal
from .propuesta import Propuesta
from .situacion import Indicador, TemaDeInteres, ValorDeIndicador
from .verificable import MESES_SIN_VERIFICAR, ConVerificacion, Verificable

__all__ = [
    "MESES_SIN_VERIFICAR",
    "Autoridad",
    "Campania",
    "Cartera",
    "CentroPage",
    "CentrosIndexPage",
    "Cese",
    "ConVerificacion",
    "Contacto",
    "Entidad",
    "Fusion",
    "Indicador",
    "ColumnasRecordadas",
    "ConVerificacion",
    "Contacto",
    "Entidad",
    "Importacion",
    "Medio",
    "NoEsDuplicado",
    "NombreDeEntidad",
    "Operador",
    "Pedido",
    "Personal",
    "Propuesta",
    "Puesto",
    "PuestoDePersonal",
    "TemaDeInteres",
    "ValorDeIndicador",
    "RenglonDeImportacion",
    "Verificable",
]
