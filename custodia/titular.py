"""Hallar en cualquier tabla las filas de quien pide algo sobre sus datos: por su documento, o por un correo suyo."""

from functools import reduce
from operator import or_

from django.db.models import Q

from comun.expediente_personal import Titular
from organizacion.models import Persona


def con_su_correo(titular: Titular, *campos: str) -> Q:
    """Las que tienen uno de sus correos en alguno de ``campos``, escrito con mayúsculas o sin ellas.

    Los suyos van en minúsculas y un formulario guarda lo que se escribió. Sin correos confirmados, ninguna.
    """
    casos = (Q(**{f"{campo}__iexact": correo}) for campo in campos for correo in titular.correos)
    return reduce(or_, casos, Q(pk__in=[]))


def es_su_persona(titular: Titular, persona: Persona | None) -> bool:
    return persona is not None and (persona.tipo_documento, persona.numero_documento) == (
        titular.tipo_documento,
        titular.numero_documento,
    )


def es_de_otra(titular: Titular, persona: Persona | None) -> bool:
    """Si la fila lleva el documento de otra: entonces ni su correo ni su nombre la hacen suya."""
    return persona is not None and not es_su_persona(titular, persona)
