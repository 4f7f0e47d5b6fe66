"""A quién va un correo de difusión: suscriptores que lo aceptan y direcciones oficiales del directorio (R111–R114).

Un segmento se guarda como JSON. Lo que no se entiende se rechaza: ignorar un filtro lo ampliaría.
"""

from .audiencia import Audiencia
from .segmento import Segmento, SegmentoInvalido

__all__ = ["Audiencia", "Segmento", "SegmentoInvalido"]
