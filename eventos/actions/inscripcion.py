"""Inscribirse y anular: los cupos se cuentan bajo llave y en una sola transacción corta (invariante 2)."""

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from custodia.actions import anotar, aviso_vigente
from custodia.models import Aviso
from eventos import correos
from eventos.models import Capacitacion, Inscripcion
from eventos.personales.bloqueo import levantar_bloqueo
from organizacion.models import Persona, Usuario

from .cupos import bajo_llave, liberar, ofrecer_en_orden, tomar
from .maximo import MaximoPorEntidad, exigir_maximo
from .rechazos import CERRADO, InscripcionRechazada, exigir_abierta

__all__ = [
    "COPIA",
    "InscripcionCerrada",
    "InscripcionRechazada",
    "MaximoPorEntidad",
    "NoAbiertaACiudadania",
    "YaFirmo",
    "YaInscrito",
    "anular",
    "inscribir",
]

# Quien pulsa dos veces «Inscribirme» ve su misma confirmación; pasado este rato, que ya está inscrito.
MISMO_ENVIO = dt.timedelta(minutes=10)
COPIA = (
    "nombres",
    "apellidos",
    "es_ciudadano",
    "entidad",
    "entidad_texto",
    "entidad_distrito",
    "cargo",
    "correo",
    "telefono",
)


class InscripcionCerrada(InscripcionRechazada):
    """No está publicada, todavía no abre, ya cerró o ya empezó."""


class YaInscrito(InscripcionRechazada):
    """Ese documento ya tiene una inscripción vigente en la capacitación."""


class NoAbiertaACiudadania(InscripcionRechazada):
    """Es solo para personal de entidades públicas (R59)."""


class YaFirmo(Exception):
    """Tiene asistencias firmadas: cuenta como participante (R84) y no se anula sin quitarlas antes."""


@transaction.atomic
def inscribir(
    *,
    capacitacion: Capacitacion,
    datos: Mapping,
    canal: str = Inscripcion.Canal.WEB,
    por: Usuario | None = None,
    envio: uuid.UUID | None = None,
    request=None,
) -> Inscripcion:
    """Confirma un cupo o anota en la lista de espera, en orden de llegada, y deja el correo en cola.

    ``datos``: tipo_documento, numero_documento (ya validados), los de ``COPIA`` y, en una híbrida, modalidad. El
    personal puede inscribir fuera de plazo (R82) y pasar el máximo por entidad, nunca los cupos. A una ``Persona`` que
    ya existe no se le cambia nada (invariante 11).
    ``envio`` reúne a los colegas de un mismo formulario (``eventos.actions.grupo``).
    """
    capacitacion = bajo_llave(capacitacion)
    _exigir_admision(capacitacion, canal, es_ciudadano=datos.get("es_ciudadano", False))
    persona = _persona(datos)
    if canal == Inscripcion.Canal.WEB:  # ahí aceptó el aviso
        levantar_bloqueo(persona=persona, request=request)
    if previa := _inscripcion_previa(capacitacion, persona, datos["correo"], envio):
        return previa
    if canal == Inscripcion.Canal.WEB:
        exigir_maximo(capacitacion, datos)
    ofrecer_en_orden(capacitacion)  # primero, a quien esperaba
    estado = Inscripcion.Estado.CONFIRMADA if capacitacion.tiene_cupo() else Inscripcion.Estado.EN_ESPERA
    inscripcion = Inscripcion.objects.create(
        capacitacion=capacitacion,
        persona=persona,
        estado=estado,
        orden=_siguiente_orden(capacitacion),
        canal=canal,
        registrada_por=por,
        envio=envio,
        aviso=aviso_vigente(Aviso.Finalidad.INSCRIPCION) if canal == Inscripcion.Canal.WEB else None,
        modalidad=_modalidad(capacitacion, datos),
        **{campo: datos[campo] for campo in COPIA if campo in datos},
    )
    if por:
        anotar(accion="inscribir", por=por, objeto=inscripcion, request=request)
    correos.avisar(inscripcion)
    return inscripcion


@transaction.atomic
def anular(*, inscripcion: Inscripcion, por: Usuario | None = None, motivo: str = "", request=None) -> Inscripcion:
    """Libera el cupo y lo ofrece al primero de la lista de espera. Repetirla no cambia nada; levanta ``YaFirmo``.

    ``por``: el personal que la anula; sin él, la propia persona. ``motivo``: lo que el personal escribe; no se envía.
    """
    exigir_abierta(inscripcion.capacitacion)
    inscripcion = tomar(inscripcion)
    if inscripcion.estado == Inscripcion.Estado.ANULADA:
        return inscripcion
    if inscripcion.asistencias.firmadas().exists():
        raise YaFirmo
    anotar(accion="anular inscripción", por=por, objeto=inscripcion, motivo=motivo, request=request)
    causas = Inscripcion.MotivoAnulacion
    liberar(inscripcion, causas.PERSONAL if por else causas.PERSONA)
    ofrecer_en_orden(inscripcion.capacitacion)
    return inscripcion


def _exigir_admision(capacitacion, canal, *, es_ciudadano):
    if capacitacion.esta_cerrada:
        raise InscripcionCerrada(CERRADO)
    if canal == Inscripcion.Canal.WEB and not capacitacion.admite_inscripcion():
        raise InscripcionCerrada(capacitacion.situacion().label)
    if not capacitacion.esta_publicada:
        raise InscripcionCerrada("La capacitación no está publicada o se canceló.")
    if es_ciudadano and not capacitacion.abierta_a_ciudadania:
        raise NoAbiertaACiudadania("Esta capacitación es para personal de entidades públicas.")


def _modalidad(capacitacion, datos) -> str:
    """Cómo asiste en una híbrida (R58): en persona si no lo dice. En las demás no se guarda."""
    return (datos.get("modalidad") or Inscripcion.Modalidad.PRESENCIAL) if capacitacion.es_hibrida else ""


def _persona(datos):
    return Persona.objects.get_or_create(
        tipo_documento=datos["tipo_documento"],
        numero_documento=datos["numero_documento"],
        defaults={"nombres": datos["nombres"], "apellidos": datos["apellidos"]},
    )[0]


def _inscripcion_previa(capacitacion, persona, correo, envio):
    """La que ya tiene, si es este mismo envío repetido; ``None`` si no tiene; ``YaInscrito`` si es de antes.

    Un ``envio`` repetido lo reconoce ``eventos.actions.grupo``; sin él (la puerta), vale el correo por un rato.
    """
    previa = capacitacion.inscripciones.vigentes().filter(persona=persona).first()
    if previa is None:
        return None
    mismo_correo = previa.correo.casefold() == correo.casefold()
    if envio or not mismo_correo or timezone.now() - previa.creada_en >= MISMO_ENVIO:
        raise YaInscrito("Ese documento ya está inscrito en esta capacitación.")
    return previa


def _siguiente_orden(capacitacion):
    return (capacitacion.inscripciones.aggregate(ultimo=Max("orden"))["ultimo"] or 0) + 1
