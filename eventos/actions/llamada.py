"""A quién hay que llamar por una capacitación, y en qué quedó cada llamada (R78, R79)."""

from collections.abc import Iterable

from django.db import transaction

from eventos.models import Capacitacion, Inscripcion, Invitacion, Llamada

from .rechazos import exigir_abierta


@transaction.atomic
def poner_por_llamar(
    *,
    capacitacion: Capacitacion,
    asunto: str,
    inscripciones: Iterable[Inscripcion] = (),
    invitaciones: Iterable[Invitacion] = (),
) -> int:
    """Anota por llamar a cada persona, una vez por ``asunto`` (uno de ``Llamada.Asunto``); devuelve cuántas agregó."""
    exigir_abierta(capacitacion)
    nuevas = [Llamada(capacitacion=capacitacion, asunto=asunto, inscripcion=fila) for fila in inscripciones]
    nuevas += [Llamada(capacitacion=capacitacion, asunto=asunto, invitacion=fila) for fila in invitaciones]
    antes = capacitacion.llamadas.count()
    Llamada.objects.bulk_create(nuevas, ignore_conflicts=True)
    return capacitacion.llamadas.count() - antes
