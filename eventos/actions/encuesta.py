"""Registrar encuestas de papel (Anexo 7). Las respuestas son anónimas (invariante 6)."""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from custodia.actions import anotar
from eventos.models import Calificacion, Capacitacion, RespuestaEncuesta

from .rechazos import exigir_abierta


class SinEncuesta(Exception):
    """La capacitación no lleva encuesta (R57, R87) o no está publicada; su texto se muestra tal cual."""


@dataclass(frozen=True)
class Hoja:
    """Una encuesta contestada: ``notas`` de 1 a 4 por (pregunta, llave del expositor o ``None``)."""

    notas: dict[tuple[str, int | None], int] = field(default_factory=dict)
    otros_temas: str = ""
    recomendaciones: str = ""

    def esta_en_blanco(self) -> bool:
        return not (self.notas or self.otros_temas.strip() or self.recomendaciones.strip())


@transaction.atomic
def registrar_respuestas(
    *, capacitacion: Capacitacion, respuestas: list[Hoja], por, lote: uuid.UUID | None = None
) -> int:
    """Guarda las hojas que no están en blanco y devuelve cuántas.

    ``lote`` identifica el envío del formulario: repetirlo no vuelve a contar las mismas hojas. La llave de cada
    respuesta sale de ese número al azar y la fecha es la del evento, sin hora: nada lleva a la persona.
    """
    exigir_abierta(capacitacion)
    if not capacitacion.lleva_encuesta:
        raise SinEncuesta("La capacitación informativa no lleva encuesta (R57, R87).")
    if not capacitacion.esta_publicada:
        raise SinEncuesta("Solo se registran encuestas de una capacitación publicada.")
    hojas = [hoja for hoja in respuestas if not hoja.esta_en_blanco()]
    claves = [uuid.uuid5(lote or uuid.uuid4(), str(numero)) for numero in range(len(hojas))]
    if not hojas or RespuestaEncuesta.objects.filter(pk__in=claves).exists():
        return 0
    RespuestaEncuesta.objects.bulk_create(
        [_respuesta(capacitacion, clave, hoja) for clave, hoja in zip(claves, hojas, strict=True)]
    )
    Calificacion.objects.bulk_create(
        Calificacion(respuesta_id=clave, item=item, expositor_id=expositor, valor=valor)
        for clave, hoja in zip(claves, hojas, strict=True)
        for (item, expositor), valor in hoja.notas.items()
    )
    anotar(accion="registrar encuestas", por=por, objeto=capacitacion, detalle={"hojas": len(hojas)})
    return len(hojas)


def _respuesta(capacitacion, clave, hoja) -> RespuestaEncuesta:
    datos = {"otros_temas": hoja.otros_temas.strip(), "recomendaciones": hoja.recomendaciones.strip()}
    if capacitacion.fecha_fin:
        datos["fecha"] = capacitacion.fecha_fin
    return RespuestaEncuesta(clave=clave, capacitacion=capacitacion, canal=RespuestaEncuesta.Canal.PAPEL, **datos)
