from .envio import Entrega, Envio
from .suceso import Suceso
from .supresion import Supresion
from .turno import Turno

__all__ = ["Entrega", "Envio", "Suceso", "Supresion", "Turno"]
