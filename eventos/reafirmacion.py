"""A quién reafirma cada especialista su participación, y si falta hacerlo (R79)."""

import datetime as dt

from django.utils import timezone

from directorio.models import Operador
from organizacion.models import AjustesPortal

from .models import Capacitacion, Inscripcion, Llamada

REAFIRMACION = Llamada.Asunto.REAFIRMACION


def operadores_inscritos(capacitacion: Capacitacion, sistemas: set[int]) -> list[Inscripcion]:
    """Los confirmados que son personal de una entidad, de ``sistemas``; primero quien tiene teléfono.

    De quien vino por una invitación se sabe qué sistemas opera: si son otros, le toca a otro especialista. De los
    demás no se sabe, y nadie se queda sin que lo llamen.
    """
    filas = capacitacion.inscripciones.confirmadas().filter(es_ciudadano=False).select_related("invitacion__operador")
    enlaces = Operador.sistemas.through.objects.filter(operador__invitaciones__inscripcion__capacitacion=capacitacion)
    opera = {}
    for operador, sistema in enlaces.values_list("operador", "sistema"):
        opera.setdefault(operador, set()).add(sistema)
    suyas = [fila for fila in filas if not (ellos := opera.get(_operador_de(fila))) or ellos & sistemas]
    return sorted(suyas, key=lambda fila: not fila.telefono)


def _operador_de(inscripcion) -> int | None:
    invitacion = getattr(inscripcion, "invitacion", None)
    return invitacion.operador_id if invitacion else None


def toca_reafirmar(capacitacion: Capacitacion, hoy: dt.date | None = None) -> bool:
    """Si ya se está a los días en que el portal pide reafirmar; en las de la sede no hay especialista de un centro."""
    if capacitacion.centro_id is None or capacitacion.fecha_inicio is None:
        return False
    faltan = (capacitacion.fecha_inicio - (hoy or timezone.localdate())).days
    return 0 <= faltan <= AjustesPortal.load().dias_de_reafirmacion


def faltan_por_reafirmar(capacitacion: Capacitacion) -> int:
    """Cuántos operadores con cupo no tienen todavía una llamada o un mensaje que los reafirme."""
    con_cupo = capacitacion.inscripciones.confirmadas().filter(es_ciudadano=False)
    hechas = capacitacion.llamadas.filter(asunto=REAFIRMACION).exclude(resultado=Llamada.Resultado.PENDIENTE)
    return con_cupo.exclude(pk__in=hechas.values("inscripcion")).count()
