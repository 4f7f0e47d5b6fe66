"""Convocar a operadores del directorio y anotar lo que responden (R76, R77)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from directorio.models import Operador
from eventos.anticipacion import dias_de_anticipacion, dias_exigidos, en_dias
from eventos.models import Capacitacion, Convocatoria, Inscripcion, Invitacion
from eventos.tasks import preparar_correos_de

from .cupos import bajo_llave
from .rechazos import FaltaMotivo, NoProcede, exigir_abierta


class YaNoSeInvita(NoProcede):
    """No está publicada, se canceló o ya empezó."""


class NadieAQuienInvitar(NoProcede): ...


class YaNoSeResponde(NoProcede):
    """La capacitación se canceló o ya empezó."""


@transaction.atomic
def convocar(
    *,
    capacitacion: Capacitacion,
    operadores: Iterable[Operador],
    criterio: dict,
    por,
    motivo_tardia: str = "",
    request=None,
) -> Convocatoria:
    """Invita a los ``operadores`` que no lo estaban, con copia de sus datos. Sus correos se preparan después.

    Con menos días de los exigidos levanta ``FaltaMotivo`` si no se dice por qué (R76). Volver a convocar no repite a
    nadie: si todos estaban, ``NadieAQuienInvitar``.
    """
    capacitacion = bajo_llave(capacitacion)
    exigir_abierta(capacitacion)
    _exigir_que_se_invite(capacitacion)
    ya = set(capacitacion.invitaciones.values_list("operador", flat=True))
    nuevos = [operador for operador in operadores if operador.pk not in ya]
    if not nuevos:
        raise NadieAQuienInvitar("No queda nadie por invitar con esa selección.")
    convocatoria = _anotar_convocatoria(capacitacion, criterio, motivo_tardia.strip(), por)
    Invitacion.objects.bulk_create([_invitacion(convocatoria, operador) for operador in nuevos])
    detalle = {"invitados": len(nuevos), "anticipacion": convocatoria.anticipacion}
    motivo = convocatoria.motivo_tardia
    anotar(accion="convocar", por=por, objeto=capacitacion, detalle=detalle, motivo=motivo, request=request)
    transaction.on_commit(lambda: preparar_correos_de.enqueue(convocatoria.pk))
    return convocatoria


def _exigir_que_se_invite(capacitacion) -> None:
    if not capacitacion.esta_publicada:
        raise YaNoSeInvita("Se invita a una capacitación publicada: esta no lo está o se canceló.")
    if capacitacion.comienza_en is None or capacitacion.ya_empezo():
        raise YaNoSeInvita("La capacitación ya empezó: ya no se invita.")


def _anotar_convocatoria(capacitacion, criterio, motivo, por) -> Convocatoria:
    dias, exigidos = dias_de_anticipacion(capacitacion), dias_exigidos()
    if dias < exigidos and not motivo:
        raise FaltaMotivo(f"Faltan {en_dias(dias)} y se pide invitar con {en_dias(exigidos)}: escriba el motivo.")
    return Convocatoria.objects.create(
        capacitacion=capacitacion,
        criterio=criterio,
        anticipacion=dias,
        motivo_tardia=motivo if dias < exigidos else "",
        enviada_por=por,
    )


def _invitacion(convocatoria, operador) -> Invitacion:
    return Invitacion(
        capacitacion_id=convocatoria.capacitacion_id,
        convocatoria=convocatoria,
        operador=operador,
        entidad_id=operador.entidad_id,
        nombre=f"{operador.nombres} {operador.apellidos}",
        cargo=operador.cargo,
        correo=operador.correo,
        telefono=operador.telefono,
    )


@transaction.atomic
def responder(*, invitacion: Invitacion, respuesta: str, por=None, request=None) -> Invitacion:
    """Anota que asistirá o que no (``Invitacion.Respuesta``); cambiar de parecer vale y repetirla no cambia nada.

    ``por``: el personal que la anotó por teléfono; sin él, respondió la persona con su enlace.
    """
    capacitacion = bajo_llave(invitacion.capacitacion)
    invitacion = Invitacion.objects.select_related("capacitacion").get(pk=invitacion.pk)
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada or capacitacion.ya_empezo():
        raise YaNoSeResponde("La capacitación se canceló o ya empezó: ya no se responde.")
    if invitacion.respuesta == respuesta:
        return invitacion
    invitacion.respuesta, invitacion.respondida_en = respuesta, timezone.now()
    invitacion.save(update_fields=["respuesta", "respondida_en"])
    anotar(accion="responder invitación", por=por, objeto=invitacion, detalle={"respuesta": respuesta}, request=request)
    return invitacion


def unir_inscripcion(*, invitacion: Invitacion, inscripcion: Inscripcion) -> None:
    """Anota la inscripción que salió de la invitación; si ya tiene una vigente, esa queda.

    Va en la transacción de quien inscribe. Inscribirse es decir que asistirá. Una de otra capacitación no se une.
    """
    invitacion = Invitacion.objects.select_related("inscripcion").get(pk=invitacion.pk)
    if invitacion.tiene_inscripcion or invitacion.capacitacion_id != inscripcion.capacitacion_id:
        return
    if Invitacion.objects.filter(inscripcion=inscripcion).exists():
        return
    invitacion.inscripcion = inscripcion
    if invitacion.respuesta != Invitacion.Respuesta.ASISTIRA:
        invitacion.respuesta, invitacion.respondida_en = Invitacion.Respuesta.ASISTIRA, timezone.now()
    invitacion.save(update_fields=["inscripcion", "respuesta", "respondida_en"])
