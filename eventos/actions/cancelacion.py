"""Cancelar una capacitación ya publicada, con uno de los motivos permitidos (R67)."""

from django.db import transaction

from custodia.actions import anotar
from eventos.correos import avisar_cancelacion
from eventos.models import Asistencia, Capacitacion, Llamada, Motivo
from organizacion.publico import subir_version_publica

from .aviso import llamar_a_quien_no_tiene_correo
from .rechazos import EstaCancelada, FaltaMotivo, NoSeCancela, exigir_abierta


@transaction.atomic
def cancelar(*, capacitacion: Capacitacion, motivo: str, por, detalle: str = "") -> Capacitacion:
    """La cancela y avisa a cada persona inscrita: por correo o, si no lo dio, queda por llamar.

    Repetirla no hace nada. Levanta ``NoProcede``.
    """
    capacitacion = Capacitacion.objects.select_for_update().get(pk=capacitacion.pk)
    if capacitacion.esta_cancelada:
        return capacitacion
    marcar_cancelada(capacitacion, motivo=motivo, detalle=detalle, por=por)
    avisar_cancelacion(capacitacion=capacitacion, por=por)
    llamar_a_quien_no_tiene_correo(capacitacion, Llamada.Asunto.CANCELACION)
    return capacitacion


def marcar_cancelada(capacitacion: Capacitacion, *, motivo: str, detalle: str, por) -> None:
    """La deja cancelada, sin avisar a nadie. Quien llama la tomó bajo llave, y avisa."""
    exigir_que_se_cancele(capacitacion, motivo)
    capacitacion.estado = Capacitacion.Estado.CANCELADA
    capacitacion.motivo_cancelacion = ": ".join(filter(None, [Motivo(motivo).label, detalle.strip()]))[:255]
    capacitacion.secuencia += 1
    capacitacion.save(update_fields=["estado", "motivo_cancelacion", "secuencia", "actualizada_en"])
    anotar(accion="cancelar", por=por, objeto=capacitacion, motivo=capacitacion.motivo_cancelacion)
    subir_version_publica()


def exigir_que_se_cancele(capacitacion: Capacitacion, motivo: str) -> None:
    exigir_abierta(capacitacion)
    if motivo not in Motivo.values:
        raise FaltaMotivo("Elija el motivo de la cancelación (R67).")
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Ya estaba cancelada.")
    if not capacitacion.esta_publicada:
        raise NoSeCancela("Es un borrador: nadie la ha visto y no hay a quién avisar.")
    if tiene_firmas(capacitacion):
        raise NoSeCancela("Ya tiene asistencias firmadas: se realizó y no se puede cancelar.")


def tiene_firmas(capacitacion: Capacitacion) -> bool:
    return Asistencia.objects.firmadas().filter(sesion__capacitacion=capacitacion).exists()
