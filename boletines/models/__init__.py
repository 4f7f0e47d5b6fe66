from .boletin import BoletinesIndexPage, BoletinPage
from .comunicado import ComunicadoPage, ComunicadosIndexPage
from .suscriptor import Suscriptor

__all__ = ["BoletinPage", "BoletinesIndexPage", "ComunicadoPage", "ComunicadosIndexPage", "Suscriptor"]
