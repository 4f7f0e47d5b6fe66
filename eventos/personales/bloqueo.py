"""Conservar a una persona sin que se la halle, y dejar de hacerlo cuando ella vuelve."""

from django.utils import timezone

from custodia.actions import anotar
from organizacion.models import Persona


def bloquear(persona: Persona) -> None:
    """Su fila y sus inscripciones firmadas se conservan y dejan de hallarse por su nombre o su documento."""
    _poner(persona, timezone.now())


def levantar_bloqueo(*, persona: Persona, request=None) -> None:
    """Se inscribió otra vez y aceptó el aviso: se la vuelve a hallar. Lo que se le borró no vuelve."""
    if persona.bloqueada_en:
        _poner(persona, None)
        anotar(accion="levantar el bloqueo", objeto=persona, request=request)


def _poner(persona: Persona, bloqueada_en) -> None:
    persona.bloqueada_en = bloqueada_en
    persona.save(update_fields=["bloqueada_en"])
    for inscripcion in persona.inscripciones.select_related("persona"):
        inscripcion.save(update_fields=["texto_busqueda"])
