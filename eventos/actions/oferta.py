"""El cupo que se libera se ofrece al primero de la lista de espera, con plazo: aceptarlo, o que venza."""

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.models import Capacitacion, Inscripcion
from organizacion.models import Usuario

from .cupos import bajo_llave, confirmar, liberar, ofrecer_en_orden, tomar
from .rechazos import CERRADO

Estado = Inscripcion.Estado


class OfertaRechazada(Exception):
    """No se puede aceptar el cupo; el texto dice por qué y se muestra tal cual."""


class OfertaVencida(OfertaRechazada):
    """Pasó el plazo: el cupo se ofrece a quien sigue."""


class SinOferta(OfertaRechazada):
    """No hay un cupo ofrecido: sigue en la espera, se anuló o la capacitación se canceló."""


@transaction.atomic
def ofrecer(*, capacitacion: Capacitacion) -> list[Inscripcion]:
    """Ofrece los cupos libres a quienes esperan, en orden; devuelve a quienes se les ofreció.

    La llama quien aumenta los cupos o cambia la fecha de una capacitación, después de guardarla. Repetirla no ofrece
    nada más.
    """
    return ofrecer_en_orden(bajo_llave(capacitacion))


@transaction.atomic
def aceptar(*, inscripcion: Inscripcion, por: Usuario | None = None, request=None) -> Inscripcion:
    """Confirma el cupo ofrecido. Repetirla no hace nada; levanta ``OfertaRechazada``.

    ``por``: quien la acepta por teléfono en nombre de la persona.
    """
    inscripcion = tomar(inscripcion)
    if inscripcion.estado == Estado.CONFIRMADA:
        return inscripcion
    _exigir_que_corra(inscripcion)
    accion = "aceptar cupo por teléfono" if por else "aceptar cupo"
    anotar(accion=accion, por=por, objeto=inscripcion, request=request)
    return confirmar(inscripcion)


def _exigir_que_corra(inscripcion):
    if inscripcion.capacitacion.esta_cerrada:
        raise SinOferta(CERRADO)
    if inscripcion.capacitacion.esta_cancelada:
        raise SinOferta("La capacitación se canceló.")
    if inscripcion.estado == Estado.EN_ESPERA:
        raise SinOferta("Todavía no hay un cupo para usted: sigue en la lista de espera.")
    vencio = inscripcion.motivo_anulacion == Inscripcion.MotivoAnulacion.OFERTA_VENCIDA
    if vencio or (inscripcion.estado == Estado.OFRECIDA and inscripcion.oferta_vence_en <= timezone.now()):
        raise OfertaVencida("El plazo para aceptar este cupo ya venció: se ofrece a quien sigue en la lista.")
    if inscripcion.estado == Estado.ANULADA:
        raise SinOferta("Esta inscripción ya está cancelada.")


@transaction.atomic
def vencer(*, inscripcion: Inscripcion) -> Inscripcion:
    """Anula la oferta cuyo plazo pasó, lo avisa y ofrece el cupo a quien sigue. Si aún corre, no hace nada."""
    inscripcion = tomar(inscripcion)
    if inscripcion.estado != Estado.OFRECIDA or inscripcion.oferta_vence_en > timezone.now():
        return inscripcion
    if inscripcion.capacitacion.esta_cerrada:
        return inscripcion  # ni el trabajo periódico la toca
    anotar(accion="vencer oferta de cupo", objeto=inscripcion)
    liberar(inscripcion, Inscripcion.MotivoAnulacion.OFERTA_VENCIDA)
    ofrecer_en_orden(inscripcion.capacitacion)
    return inscripcion
