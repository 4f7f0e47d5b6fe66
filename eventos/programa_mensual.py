"""El programa mensual de un centro: qué trae, hasta cuándo se registra (R65, R66) y en qué está."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone

from comun.alcance import alcance_de
from comun.plazos import ultimo_habil_del_mes
from organizacion.dias import NoLaborables, no_laborables
from organizacion.models import Centro, DiaNoLaborable

from .calendario import mes_anterior, ultimo_dia
from .models import Capacitacion, ProgramaMensual


class Estado(StrEnum):
    EN_PLAZO = "en-plazo"
    ATRASADO = "atrasado"
    REGISTRADO = "registrado"
    TARDE = "tarde"  # registrado, después del plazo


@dataclass(frozen=True)
class Situacion:
    """El programa de un mes de un centro frente a su plazo."""

    centro: Centro
    mes: dt.date
    vence_el: dt.date
    registro: ProgramaMensual | None
    hoy: dt.date

    @property
    def estado(self) -> Estado:
        if self.registro is None:
            return Estado.ATRASADO if self.hoy > self.vence_el else Estado.EN_PLAZO
        fecha = timezone.localtime(self.registro.registrado_en).date()
        return Estado.TARDE if fecha > self.vence_el else Estado.REGISTRADO

    @property
    def esta_registrado(self) -> bool:
        return self.registro is not None


def plazo_del_programa(centro: Centro, mes: dt.date) -> dt.date:
    """El último día hábil, en ``centro``, del mes anterior a ``mes``: hasta ahí se registra su programa (R66)."""
    antes = mes_anterior(mes)
    return ultimo_habil_del_mes(antes.year, antes.month, no_laborables(centro))


def situacion_de(centro: Centro, mes: dt.date, hoy: dt.date | None = None) -> Situacion:
    registro = ProgramaMensual.objects.filter(centro=centro, anio=mes.year, mes=mes.month)
    registro = registro.select_related("registrado_por").first()
    return Situacion(centro, mes, plazo_del_programa(centro, mes), registro, hoy or timezone.localdate())


def situaciones(centros: Iterable[Centro], mes: dt.date, hoy: dt.date | None = None) -> list[Situacion]:
    """La de cada centro. Se miran los días de cada uno solo si se decretó el último hábil de ley."""
    registros = ProgramaMensual.objects.filter(anio=mes.year, mes=mes.month).select_related("registrado_por")
    de_centro = {registro.centro_id: registro for registro in registros}
    antes = mes_anterior(mes)
    de_ley = ultimo_habil_del_mes(antes.year, antes.month, NoLaborables())
    se_decreto = DiaNoLaborable.objects.filter(fecha=de_ley).exists()
    return [
        Situacion(
            centro,
            mes,
            plazo_del_programa(centro, mes) if se_decreto else de_ley,
            de_centro.get(centro.pk),
            hoy or timezone.localdate(),
        )
        for centro in centros
    ]


def del_programa(centro: Centro, usuario):
    """Las de ``centro``, y las de la sede (R62): estas, publicadas, o también en borrador para quien es de la sede."""
    de_la_sede = Q(centro__isnull=True)
    if not alcance_de(usuario, "eventos.view_capacitacion").nacional:
        de_la_sede &= ~Q(estado=Capacitacion.Estado.BORRADOR)
    return Capacitacion.objects.filter(Q(centro=centro) | de_la_sede)


def del_mes(centro: Centro, mes: dt.date, usuario):
    """Las de ``del_programa`` con alguna sesión en ``mes``, con todo lo que la rejilla muestra."""
    filas = del_programa(centro, usuario).entre(mes, ultimo_dia(mes)).select_related("centro", "distrito")
    filas = filas.prefetch_related("sesiones", "expositores", "sistemas", "validaciones__sistema")
    return filas.order_by("fecha_inicio", "pk")
