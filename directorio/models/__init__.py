from .entidad import Entidad
from .medio import Medio
from .operador import Operador
from .paginas import CentroPage, CentrosIndexPage
from .personal import Personal

__all__ = ["CentroPage", "CentrosIndexPage", "Entidad", "Medio", "Operador", "Personal"]
