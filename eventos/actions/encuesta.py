"""Registrar encuestas (Anexo 7), de papel o en línea. Las respuestas son anónimas (invariante 6)."""

import uuid
from dataclasses import dataclass, field

from django.db import transaction

from custodia.actions import anotar
from eventos.boletas import borrar_el_orden
from eventos.cifras import cifras_de
from eventos.models import Calificacion, Capacitacion, RespuestaEncuesta

from .rechazos import NoProcede, exigir_abierta

Canal = RespuestaEncuesta.Canal


class SinEncuesta(NoProcede):
    """La capacitación no lleva encuesta (R57, R87) o no está publicada."""


class MasQueParticipantes(NoProcede):
    """Habría más encuestas que participantes con firma."""


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
    """Guarda las hojas de papel que no están en blanco y devuelve cuántas.

    ``lote`` identifica el envío del formulario: repetirlo no vuelve a contar las mismas hojas. La llave de cada
    respuesta sale de ese número al azar.
    """
    capacitacion = bajo_llave(capacitacion)
    hojas = [hoja for hoja in respuestas if not hoja.esta_en_blanco()]
    claves = [uuid.uuid5(lote or uuid.uuid4(), str(numero)) for numero in range(len(hojas))]
    if not hojas or RespuestaEncuesta.objects.filter(pk__in=claves).exists():
        return 0
    guardar_hojas(capacitacion, dict(zip(claves, hojas, strict=True)), Canal.PAPEL)
    anotar(accion="registrar encuestas", por=por, objeto=capacitacion, detalle={"hojas": len(hojas)})
    return len(hojas)


def bajo_llave(capacitacion: Capacitacion) -> Capacitacion:
    """La capacitación bloqueada hasta el fin de la transacción; levanta ``NoProcede`` si no se le aplica encuesta."""
    capacitacion = Capacitacion.objects.select_for_update(of=("self",)).get(pk=capacitacion.pk)
    exigir_abierta(capacitacion)
    if not capacitacion.lleva_encuesta:
        raise SinEncuesta("La capacitación informativa no lleva encuesta (R57, R87).")
    if not capacitacion.esta_publicada:
        raise SinEncuesta("Solo se registran encuestas de una capacitación publicada.")
    return capacitacion


def guardar_hojas(capacitacion: Capacitacion, hojas: dict[uuid.UUID, Hoja], canal: str) -> None:
    """Guarda cada hoja con su llave y la fecha del evento, sin hora: nada lleva a la persona.

    La llama quien tiene ``capacitacion`` bajo llave. Levanta ``MasQueParticipantes``.
    """
    _exigir_lugar(capacitacion, len(hojas))
    RespuestaEncuesta.objects.bulk_create([_respuesta(capacitacion, llave, hojas[llave], canal) for llave in hojas])
    Calificacion.objects.bulk_create(
        Calificacion(respuesta_id=llave, item=item, expositor_id=expositor, valor=valor)
        for llave, hoja in hojas.items()
        for (item, expositor), valor in hoja.notas.items()
    )
    borrar_el_orden(RespuestaEncuesta, hojas)


def _exigir_lugar(capacitacion, cuantas) -> None:
    participantes, ya = cifras_de(capacitacion).participantes, capacitacion.respuestas.count()
    if ya + cuantas > participantes:
        raise MasQueParticipantes(
            f"No puede haber más encuestas que participantes: firmaron {participantes}, ya hay {ya} encuestas y estas "
            f"son {cuantas}. Si faltan firmas, regístrelas primero en la mesa de asistencia."
        )


def _respuesta(capacitacion, llave, hoja, canal) -> RespuestaEncuesta:
    datos = {"otros_temas": hoja.otros_temas.strip(), "recomendaciones": hoja.recomendaciones.strip()}
    if capacitacion.fecha_fin:
        datos["fecha"] = capacitacion.fecha_fin
    return RespuestaEncuesta(clave=llave, capacitacion=capacitacion, canal=canal, **datos)
