"""Cómo va la logística de una capacitación: qué falta, de quién depende y si ya es tarde (R73)."""

from dataclasses import dataclass

from django.utils import timezone

from .actions.logistica import limite_de, lista_propuesta
from .models import Capacitacion, TareaLogistica

Estado = TareaLogistica.Estado


@dataclass(frozen=True)
class Logistica:
    """``es_propuesta``: aún no se guardó; se muestra la lista de los Lineamientos."""

    tareas: list[TareaLogistica]
    es_propuesta: bool
    atrasada: bool

    @property
    def pendientes(self) -> list[TareaLogistica]:
        return [tarea for tarea in self.tareas if tarea.estado == Estado.PENDIENTE]

    @property
    def listas(self) -> int:
        return sum(tarea.estado == Estado.LISTO for tarea in self.tareas)

    @property
    def que_aplican(self) -> int:
        return sum(tarea.estado != Estado.NO_APLICA for tarea in self.tareas)

    @property
    def faltas(self) -> list[str]:
        """«Local (Julia Huamán)», «Proyector (sin responsable)»."""
        return [f"{tarea} ({tarea.responsable or 'sin responsable'})" for tarea in self.pendientes]


def logistica_de(capacitacion: Capacitacion) -> Logistica:
    tareas = list(capacitacion.tareas_logisticas.select_related("responsable", "actualizada_por"))
    es_propuesta = not tareas
    tareas = tareas or lista_propuesta(capacitacion)
    limite = limite_de(capacitacion)
    tarde = limite is not None and timezone.localdate() >= limite
    pendientes = any(tarea.estado == Estado.PENDIENTE for tarea in tareas)
    return Logistica(tareas, es_propuesta, tarde and pendientes)
