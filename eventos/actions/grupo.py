"""Inscribir a varios colegas con un solo formulario: todos o ninguno, y repetirlo muestra lo mismo."""

import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from eventos.models import Capacitacion, Inscripcion, Invitacion

from .convocatoria import unir_inscripcion
from .cupos import bajo_llave
from .inscripcion import YaInscrito, inscribir
from .maximo import exigir_maximo

MAXIMO = 10  # personas por formulario


class GrupoRechazado(Exception):
    """No se guardó a nadie. ``motivos``: por qué se rechazó a cada una, según su posición en el formulario."""

    def __init__(self, motivos: dict[int, YaInscrito]):
        super().__init__(motivos)
        self.motivos = motivos


@transaction.atomic
def inscribir_grupo(
    *,
    capacitacion: Capacitacion,
    personas: Sequence[Mapping],
    envio: uuid.UUID,
    invitacion: Invitacion | None = None,
    request=None,
) -> list[Inscripcion]:
    """Inscribe a ``personas`` (cada una como la pide ``inscribir``) o a ninguna; deja un correo para cada una.

    El mismo ``envio`` con los mismos documentos devuelve las inscripciones que ya hizo, en el estado en que estén y
    aunque la inscripción haya cerrado. Levanta ``GrupoRechazado`` o, si nadie puede inscribirse,
    ``InscripcionRechazada``. La primera persona queda unida a la ``invitacion`` por la que vino, si vino por una.
    """
    capacitacion = bajo_llave(capacitacion)
    hechas = list(capacitacion.inscripciones.filter(envio=envio).select_related("persona").order_by("orden"))
    if hechas and _documentos(hechas) == {_documento(datos) for datos in personas}:
        return hechas
    # Alguien volvió atrás en su navegador y puso a otras personas: es otro envío y no verá el anterior.
    envio = uuid.uuid4() if hechas else envio
    if personas:
        exigir_maximo(capacitacion, personas[0], cuantas=len(personas))
    inscritas, motivos = [], {}
    for posicion, datos in enumerate(personas):
        try:
            inscritas.append(inscribir(capacitacion=capacitacion, datos=datos, envio=envio, request=request))
        except YaInscrito as error:
            motivos[posicion] = error
    if motivos:
        raise GrupoRechazado(motivos)
    if invitacion:
        unir_inscripcion(invitacion=invitacion, inscripcion=inscritas[0])
    return inscritas


def _documento(datos):
    return datos["tipo_documento"], datos["numero_documento"]


def _documentos(inscripciones):
    return {(fila.persona.tipo_documento, fila.persona.numero_documento) for fila in inscripciones}
