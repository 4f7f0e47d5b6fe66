"""Preguntar a un centro desde el portal, y dejar dicho que se respondió."""

import uuid

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar, aviso_vigente
from custodia.models import Aviso
from eventos.correos_de_preguntas import avisar_al_centro, dar_acuse
from eventos.models import Capacitacion, Pregunta
from organizacion.models import Centro


@transaction.atomic
def preguntar(
    *, envio: uuid.UUID, datos: dict, centro: Centro | None = None, capacitacion: Capacitacion | None = None
) -> Pregunta:
    """Guarda la pregunta y deja en cola el correo al centro y el acuse a la persona.

    ``datos``: texto, nombre, correo, telefono. La de una capacitación va al centro que la organiza; sin centro, a la
    sede. Repetir un ``envio`` devuelve la misma pregunta y no avisa otra vez.
    """
    pregunta, es_nueva = Pregunta.objects.get_or_create(
        envio=envio,
        defaults={
            **datos,
            "centro": capacitacion.centro if capacitacion else centro,
            "capacitacion": capacitacion,
            "aviso": aviso_vigente(Aviso.Finalidad.PREGUNTA),
        },
    )
    if es_nueva:
        avisar_al_centro(pregunta)
        dar_acuse(pregunta)
    return pregunta


@transaction.atomic
def atender(*, pregunta: Pregunta, respuesta: str, por) -> Pregunta:
    """La marca como atendida, con la nota de qué se respondió. Repetirla no cambia la primera."""
    pregunta = Pregunta.objects.select_for_update().get(pk=pregunta.pk)
    if pregunta.atendida_en:
        return pregunta
    pregunta.atendida_en, pregunta.atendida_por, pregunta.respuesta = timezone.now(), por, respuesta
    pregunta.save(update_fields=["atendida_en", "atendida_por", "respuesta"])
    anotar(accion="atender pregunta", por=por, objeto=pregunta)
    return pregunta
