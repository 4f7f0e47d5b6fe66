"""Quién puede qué en Difusión: la misma respuesta para la vista, la plantilla y el menú."""

from .aportes import *
from .difusion import *
from .ediciones import *
from .suscriptores import *
