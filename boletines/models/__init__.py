from .aporte import Aporte, NotaDeAporte
from .aprobacion import AprobacionDeBoletin
from .boletin import BoletinesIndexPage, BoletinPage
from .comunicado import ComunicadoPage, ComunicadosIndexPage
from .difundido import AdjuntoDeCorreo, CorreoDifundido
from .edicion import Edicion, Remision
from .importacion import ImportacionDeSuscriptores
from .indexada import Indexada
from .oficial import CorreoOficial
from .suscriptor import Suscriptor

__all__ = [
    "AdjuntoDeCorreo",
    "Aporte",
    "AprobacionDeBoletin",
    "BoletinPage",
    "BoletinesIndexPage",
    "ComunicadoPage",
    "ComunicadosIndexPage",
    "CorreoDifundido",
    "CorreoOficial",
    "Edicion",
    "ImportacionDeSuscriptores",
    "Indexada",
    "NotaDeAporte",
    "Remision",
    "Suscriptor",
]
