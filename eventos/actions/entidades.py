"""Vincular con el directorio la entidad que una persona escribió al inscribirse."""

from django.db import transaction

from comun.texto import normalizar
from custodia.actions import anotar
from directorio.actions import YA_VINCULADA, CambioImposible
from directorio.models import Entidad
from eventos.models import Inscripcion

from .rechazos import exigir_abierta


@transaction.atomic
def vincular_entidad(*, inscripciones, entidad: Entidad, por) -> int:
    """Pone ``entidad`` en las ``inscripciones`` que aún no tienen una y conserva lo que escribieron; cuántas fueron."""
    vinculadas = 0
    for inscripcion in inscripciones:
        if inscripcion.entidad_id:
            continue
        exigir_abierta(inscripcion.capacitacion)
        inscripcion.refresh_from_db(fields=["entidad"])  # otra persona pudo vincularla mientras se esperaba la llave
        if inscripcion.entidad_id:
            continue
        inscripcion.entidad = entidad
        inscripcion.save(update_fields=["entidad"])
        anotar(accion="vincular entidad", por=por, objeto=inscripcion, detalle={"entidad": entidad.pk})
        vinculadas += 1
    return vinculadas


@transaction.atomic
def crear_y_vincular(*, entidad: Entidad, inscripciones, por) -> int:
    """Agrega ``entidad`` al directorio y la vincula. Levanta ``CambioImposible``, sin agregarla, si ya lo estaban."""
    entidad.save()
    anotar(accion="crear entidad", por=por, objeto=entidad)
    if not (cuantas := vincular_entidad(inscripciones=inscripciones, entidad=entidad, por=por)):
        raise CambioImposible(YA_VINCULADA)
    return cuantas


def que_escribieron_lo_mismo(inscripcion: Inscripcion, queryset) -> list[Inscripcion]:
    """Las de ``queryset`` sin entidad que escribieron igual que ``inscripcion``, sin contar tildes; ella incluida."""
    buscada = normalizar(inscripcion.entidad_texto)
    candidatas = queryset.sin_entidad().filter(
        entidad_distrito=inscripcion.entidad_distrito_id, capacitacion__cerrada_en__isnull=True
    )
    candidatas = candidatas.order_by("capacitacion", "pk")  # en orden: dos que vinculan a la vez no se traban
    return [fila for fila in candidatas if fila.pk == inscripcion.pk or normalizar(fila.entidad_texto) == buscada]
