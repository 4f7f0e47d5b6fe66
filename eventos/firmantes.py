"""Quién firma el registro de papel y quién confirma por enlace, según cómo asiste (R80, R84)."""

from django.db.models import QuerySet

from .models import Capacitacion, Inscripcion

VIRTUAL = "virtual"


def firman_en_papel(capacitacion: Capacitacion) -> QuerySet[Inscripcion]:
    """Las confirmadas que asisten en persona, por apellido sin que la tilde cambie el orden."""
    filas = capacitacion.inscripciones.confirmadas()
    if capacitacion.es_virtual:
        filas = filas.none()
    elif capacitacion.es_hibrida:
        filas = filas.exclude(modalidad=VIRTUAL)
    return filas.select_related("persona", "entidad").order_by("texto_busqueda", "pk")


def confirman_por_enlace(capacitacion: Capacitacion) -> QuerySet[Inscripcion]:
    """Las confirmadas que asisten a distancia: todas si es virtual; en una híbrida, las que así lo eligieron."""
    filas = capacitacion.inscripciones.confirmadas()
    if capacitacion.es_hibrida:
        filas = filas.filter(modalidad=VIRTUAL)
    elif not capacitacion.es_virtual:
        filas = filas.none()
    return filas.order_by("texto_busqueda", "pk")
