from .envio import Entrega, Envio
from .suceso import Suceso
from .supresion import Supresion

__all__ = ["Entrega", "Envio", "Suceso", "Supresion"]
