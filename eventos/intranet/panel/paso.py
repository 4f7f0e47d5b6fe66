"""De qué está hecho el panel de una capacitación: pasos, con su estado, lo que falta y lo que se puede hacer."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.utils import timezone

from eventos.cifras import Cifras, cifras_de, firmas_por_sesion
from eventos.models import Capacitacion
from organizacion.models import Usuario


class Estado(StrEnum):
    HECHO = "hecho"
    TOCA = "toca"
    ATRASADO = "atrasado"
    ESPERA = "espera"  # todavía no es su momento
    NO_APLICA = "no-aplica"


ROTULOS = {
    Estado.HECHO: "Hecho",
    Estado.TOCA: "Por hacer",
    Estado.ATRASADO: "Atrasado",
    Estado.ESPERA: "Todavía no",
    Estado.NO_APLICA: "No aplica",
}


@dataclass(frozen=True)
class Boton:
    """Un enlace, o un formulario de un solo botón si ``es_post``. El primero de un paso es el principal."""

    texto: str
    url: str
    es_post: bool = False


@dataclass(frozen=True)
class Paso:
    """``lineas``: cómo va, en frases. ``faltas``: lo que falta o llega tarde. ``plantilla``: lo que además muestra."""

    clave: str
    titulo: str
    estado: Estado
    lineas: list[str] = field(default_factory=list)
    faltas: list[str] = field(default_factory=list)
    botones: list[Boton] = field(default_factory=list)
    plantilla: str = ""
    contexto: dict = field(default_factory=dict)

    @property
    def rotulo(self) -> str:
        return ROTULOS[self.estado]

    @property
    def pide_algo(self) -> bool:
        return self.estado in {Estado.TOCA, Estado.ATRASADO}


class Mirada:
    """Una capacitación vista por alguien, hoy; lo que varios pasos preguntan se averigua una sola vez."""

    def __init__(self, capacitacion: Capacitacion, usuario: Usuario):
        prefetch_related_objects([capacitacion], "sesiones", "expositores__personal", "sistemas")
        self.capacitacion = capacitacion
        self.usuario = usuario
        self.hoy = timezone.localdate()

    @property
    def es_borrador(self) -> bool:
        return self.capacitacion.estado == Capacitacion.Estado.BORRADOR

    @property
    def en_pie(self) -> bool:
        return self.capacitacion.esta_publicada

    @cached_property
    def ya_empezo(self) -> bool:
        return self.capacitacion.ya_empezo()

    @cached_property
    def ya_termino(self) -> bool:
        return self.capacitacion.ya_termino()

    @cached_property
    def cifras(self) -> Cifras:
        return cifras_de(self.capacitacion)

    @cached_property
    def confirmadas(self) -> int:
        return self.capacitacion.inscripciones.confirmadas().count()

    @cached_property
    def sesiones(self) -> list:
        """Las de la capacitación, cada una con ``firmas``: cuántas personas firmaron en ella."""
        firmas = firmas_por_sesion(self.capacitacion)
        sesiones = list(self.capacitacion.sesiones.all())
        for sesion in sesiones:
            sesion.firmas = firmas.get(sesion.pk, 0)
        return sesiones


def cuantos(numero: int, uno: str, varios: str) -> str:
    """«1 persona», «3 personas»."""
    return f"{numero} {uno if numero == 1 else varios}"
