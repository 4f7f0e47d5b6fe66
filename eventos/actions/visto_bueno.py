"""El visto bueno en la papeleta de comisión de quien asistió (R85). No es una constancia (R98)."""

from django.db import transaction

from custodia.actions import anotar
from eventos.models import Capacitacion, Inscripcion, VistoBueno

from .rechazos import NoProcede, exigir_abierta


class SinFirma(NoProcede): ...


@transaction.atomic
def sellar(*, inscripcion: Inscripcion, papeleta: str = "", por) -> VistoBueno:
    """Registra que se le puso el visto bueno; repetirlo devuelve el que tiene. Solo a quien firmó su asistencia."""
    capacitacion = _bloquear(inscripcion.capacitacion_id)
    if ya := VistoBueno.objects.filter(inscripcion=inscripcion).first():
        return ya
    if not inscripcion.asistencias.firmadas().exists():
        raise SinFirma(f"{inscripcion} no firmó su asistencia: no se le pone el visto bueno.")
    sello = VistoBueno.objects.create(
        capacitacion=capacitacion, inscripcion=inscripcion, papeleta=papeleta, sellado_por=por
    )
    anotar(accion="poner visto bueno", por=por, objeto=capacitacion, detalle={"inscripcion": inscripcion.codigo})
    return sello


@transaction.atomic
def quitar_sello(*, inscripcion: Inscripcion, por) -> bool:
    """Deshace el visto bueno, con huella; dice si lo había."""
    capacitacion = _bloquear(inscripcion.capacitacion_id)
    sello = VistoBueno.objects.filter(inscripcion=inscripcion).first()
    if sello is None:
        return False
    sello.delete()
    anotar(accion="quitar visto bueno", por=por, objeto=capacitacion, detalle={"inscripcion": inscripcion.codigo})
    return True


def _bloquear(llave) -> Capacitacion:
    capacitacion = Capacitacion.objects.select_for_update().get(pk=llave)
    exigir_abierta(capacitacion)
    return capacitacion
