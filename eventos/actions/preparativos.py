"""Dejar constancia de lo previo a una capacitación (R64, R72, R86, R88)."""

from django.db import transaction

from custodia.actions import anotar
from eventos.models import Capacitacion, Preparativos

from .rechazos import EstaCancelada, exigir_abierta

CAMPOS = ("autorizacion", "autorizada_el", "coordinacion", "coordinada_el", "apertura", "clausura", "logistica")


@transaction.atomic
def guardar_preparativos(*, capacitacion: Capacitacion, datos: dict, por) -> Preparativos:
    """Guarda de ``datos`` los ``CAMPOS`` que traiga. Repetirla no cambia nada; levanta ``NoProcede``."""
    capacitacion = Capacitacion.objects.select_for_update().get(pk=capacitacion.pk)
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló y ya no cambia.")
    preparativos, _ = Preparativos.objects.get_or_create(capacitacion=capacitacion)
    cambios = [campo for campo in CAMPOS if campo in datos and getattr(preparativos, campo) != datos[campo]]
    if not cambios:
        return preparativos
    for campo in cambios:
        setattr(preparativos, campo, datos[campo])
    preparativos.actualizados_por = por
    preparativos.save()
    anotar(accion="registrar preparativos", por=por, objeto=capacitacion, detalle={"campos": cambios})
    return preparativos
