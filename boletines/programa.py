"""La programación del mes siguiente que la edición de un centro anuncia (R107)."""

from dataclasses import dataclass

from eventos.calendario import ultimo_dia
from eventos.intranet.centro import direccion
from eventos.models import Capacitacion

from .models import Aporte


@dataclass(frozen=True)
class Programa:
    capacitaciones: list[Capacitacion]
    url_para_corregir: str


def programa_que_se_anuncia(aporte: Aporte) -> Programa | None:
    """Las publicadas de su centro y de la sede; ``None`` si el aporte es de un sistema."""
    if not aporte.centro_id:
        return None
    mes = aporte.edicion.mes_siguiente
    suyas = Capacitacion.objects.en_pie().del_centro(aporte.centro).entre(mes, ultimo_dia(mes))
    suyas = suyas.select_related("centro").order_by("fecha_inicio", "pk")
    return Programa(list(suyas), direccion("programa-del-mes", aporte.centro, mes))
