from .boletin import BoletinesIndexPage, BoletinPage
from .comunicado import ComunicadoPage, ComunicadosIndexPage
from .indexada import Indexada
from .suscriptor import Suscriptor

__all__ = ["BoletinPage", "BoletinesIndexPage", "ComunicadoPage", "ComunicadosIndexPage", "Indexada", "Suscriptor"]
