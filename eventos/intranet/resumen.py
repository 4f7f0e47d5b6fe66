"""El programa de un mes en todos los centros: quién lo registró, cuándo y quién se atrasó (R66)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from eventos.calendario import ultimo_dia
from eventos.models import Capacitacion
from eventos.programa_mensual import Estado, Situacion, situaciones
from organizacion.models import Centro

from .centro import direccion


@dataclass(frozen=True)
class DeUnCentro:
    situacion: Situacion
    total: int
    borradores: int
    url: str


@dataclass(frozen=True)
class Resumen:
    filas: list[DeUnCentro]

    @property
    def registrados(self) -> int:
        return sum(fila.situacion.esta_registrado for fila in self.filas)

    @property
    def atrasados(self) -> int:
        return self._cuantos(Estado.ATRASADO)

    @property
    def tarde(self) -> int:
        return self._cuantos(Estado.TARDE)

    def _cuantos(self, estado) -> int:
        return Counter(fila.situacion.estado for fila in self.filas)[estado]


def resumen_de(centros: Iterable[Centro], mes: dt.date) -> Resumen:
    vivas = Capacitacion.objects.exclude(estado=Capacitacion.Estado.CANCELADA).entre(mes, ultimo_dia(mes))
    borrador = Count("pk", filter=Q(estado=Capacitacion.Estado.BORRADOR))
    cuentas = {
        centro: (total, borradores)
        for centro, total, borradores in vivas.order_by()
        .values("centro")
        .annotate(total=Count("pk"), borradores=borrador)
        .values_list("centro", "total", "borradores")
    }
    return Resumen(
        [
            DeUnCentro(s, *cuentas.get(s.centro.pk, (0, 0)), direccion("programa-del-mes", s.centro, mes))
            for s in situaciones(centros, mes)
        ]
    )
