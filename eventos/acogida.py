"""La acogida de una convocatoria: cuándo es baja y a quién falta llamar (R78)."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from comun.texto import normalizar
from organizacion.models import AjustesPortal

from .models import Capacitacion, Inscripcion, Invitacion, Llamada


@dataclass(frozen=True)
class Acogida:
    """``base``: los cupos o, si no hay límite, los invitados. ``minimo``: con menos inscritos, es baja."""

    inscritos: int
    base: int
    de_que: str
    minimo: int

    def __str__(self):
        return f"{self.inscritos} de {self.base} {self.de_que}: se esperan al menos {self.minimo}"


def baja_acogida_de(capacitacion: Capacitacion, hoy: dt.date | None = None) -> Acogida | None:
    """La de una publicada que empieza pronto con menos inscritos que los que el portal pide; ``None`` si no es baja."""
    fila = con_baja_acogida(Capacitacion.objects.filter(pk=capacitacion.pk), hoy).first()
    if fila is None:
        return None
    minimo = -(-fila.base * AjustesPortal.load().baja_acogida // 100)
    return Acogida(fila.inscritos, fila.base, "cupos" if fila.cupos else "invitados", minimo)


def con_baja_acogida(filas, hoy: dt.date | None = None):
    """Las de ``filas`` (capacitaciones) con baja acogida, la más próxima primero, y sus ``inscritos`` y su ``base``.

    La que no tiene límite de cupos ni invitados no se mide: no hay contra qué.
    """
    ajustes, hoy = AjustesPortal.load(), hoy or timezone.localdate()
    hasta = hoy + dt.timedelta(days=ajustes.dias_de_baja_acogida)
    filas = filas.en_pie().filter(fecha_inicio__gte=hoy, fecha_inicio__lte=hasta)
    inscritos = _cuenta(Inscripcion.objects.que_ocupan_cupo())
    filas = filas.annotate(inscritos=inscritos, base=Coalesce("cupos", _cuenta(Invitacion.objects.all())))
    return filas.filter(inscritos__lt=F("base") * ajustes.baja_acogida / 100.0).order_by("fecha_inicio", "pk")


def _cuenta(filas):
    suyas = filas.filter(capacitacion=OuterRef("pk")).order_by().values("capacitacion")
    return Coalesce(Subquery(suyas.values(total=Count("pk"))), 0)


def con_llamadas(filas):
    """Con ``por_llamar`` y ``llamadas_armadas``: cuántas de las de la convocatoria faltan y cuántas son."""
    suyas = Q(llamadas__asunto=Llamada.Asunto.CONVOCATORIA)
    pendientes = suyas & Q(llamadas__resultado=Llamada.Resultado.PENDIENTE)
    return filas.annotate(
        llamadas_armadas=Count("llamadas", filter=suyas, distinct=True),
        por_llamar=Count("llamadas", filter=pendientes, distinct=True),
    )


def por_recordar(capacitacion: Capacitacion) -> list[Invitacion]:
    """A quiénes recordarles la invitación: no respondieron ni se inscribieron; primero quien tiene teléfono.

    Quien se inscribió por su cuenta no tiene lazo con su invitación: se le reconoce por su nombre y su entidad, solo
    para no llamarlo de más.
    """
    filas = capacitacion.invitaciones.sin_respuesta().sin_inscripcion().select_related("operador")
    vigentes = capacitacion.inscripciones.vigentes().values_list("entidad", "nombres", "apellidos")
    ya = {(entidad, normalizar(f"{nombres} {apellidos}")) for entidad, nombres, apellidos in vigentes}
    faltan = [fila for fila in filas if (fila.entidad_id, normalizar(fila.nombre)) not in ya]
    return sorted(faltan, key=lambda fila: not fila.telefono)
