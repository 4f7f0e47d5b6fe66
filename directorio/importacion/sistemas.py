"""Cómo llama la gente a los sistemas administrativos: «Tesorería», «Sistema Nacional de Presupuesto»."""

import re

from comun.texto import normalizar
from organizacion.models import Sistema

# Como más se les dice → su identificador; si el personal lo cambió, esa voz no se reconoce.
_OTRAS_VOCES = {
    "tesoreria": "endeudamiento-y-tesoro",
    "tesoro": "endeudamiento-y-tesoro",
    "tesoro publico": "endeudamiento-y-tesoro",
    "endeudamiento": "endeudamiento-y-tesoro",
    "endeudamiento publico": "endeudamiento-y-tesoro",
    "inversiones": "inversion",
    "inversiones publicas": "inversion",
    "invierte.pe": "inversion",
}
_DELANTE = re.compile(r"(sistema|area|oficina|unidad) (nacional |administrativo )?(de |del )?")


class Sistemas(dict):
    """Nombre, identificador y otras voces, ya normalizados, con la llave de cada sistema."""

    def __init__(self):
        todos = list(Sistema.objects.all())
        self.nombres = [sistema.nombre for sistema in todos]
        de_slug = {sistema.slug: sistema.pk for sistema in todos}
        otras = {voz: de_slug[slug] for voz, slug in _OTRAS_VOCES.items() if slug in de_slug}
        super().__init__(otras | de_slug | {normalizar(sistema.nombre): sistema.pk for sistema in todos})

    def get(self, dicho: str):
        return super().get(dicho, super().get(_DELANTE.sub("", dicho, count=1)))
