"""El programa de un mes de un centro, en papel: el que va en las carpetas (R48, R83, R103)."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

import segno
from django.urls import reverse
from django.utils import timezone

from comun.pdf import pdf_desde_plantilla
from organizacion.models import AjustesPortal, Centro

from .calendario import mes_siguiente, ultimo_dia
from .enlaces import url_absoluta
from .models import Capacitacion, Sesion


def sesiones_del_mes(centro: Centro, mes: dt.date):
    """Cada sesión de ``mes`` del programa de ``centro``, con las de la sede (R62); un borrador no está."""
    suyas = Capacitacion.objects.publicadas().del_centro(centro)
    filas = Sesion.objects.filter(capacitacion__in=suyas, fecha__range=(mes, ultimo_dia(mes)))
    filas = filas.select_related("capacitacion__centro").order_by("fecha", "hora_inicio", "capacitacion__titulo", "pk")
    return filas.prefetch_related("capacitacion__sistemas", "capacitacion__expositores", "capacitacion__sesiones")


@dataclass(frozen=True)
class Renglon:
    """Una capacitación en un día: sus sesiones de ese día y qué día es de los suyos."""

    capacitacion: Capacitacion
    sesiones: list[Sesion]
    dia: int
    dias: int


def por_dia(sesiones) -> list[tuple[dt.date, list[Renglon]]]:
    """Cada día con lo que hay en él, por la hora en que empieza; mañana y tarde van en el mismo renglón."""
    return [(fecha, _renglones(fecha, list(suyas))) for fecha, suyas in groupby(sesiones, lambda s: s.fecha)]


def _renglones(fecha: dt.date, sesiones: list[Sesion]) -> list[Renglon]:
    juntas: dict[Capacitacion, list[Sesion]] = {}
    for sesion in sesiones:
        juntas.setdefault(sesion.capacitacion, []).append(sesion)
    renglones = []
    for capacitacion, suyas in juntas.items():
        fechas = sorted({sesion.fecha for sesion in capacitacion.sesiones.all()})
        renglones.append(Renglon(capacitacion, suyas, fechas.index(fecha) + 1, len(fechas)))
    return renglones


def pdf(centro: Centro, mes: dt.date) -> bytes:
    calendario = f"{url_absoluta('eventos:calendario')}?centro={centro.slug}"
    contexto = {
        "ajustes": AjustesPortal.load(),
        "centro": centro,
        "mes": mes,
        "dias": por_dia(sesiones_del_mes(centro, mes)),
        "calendario": calendario,
        "qr": segno.make(calendario, error="m", micro=False).svg_data_uri(border=0, scale=4),
        "impreso_el": timezone.localdate(),
    }
    return pdf_desde_plantilla("eventos/pdf/programa.html", contexto)


def programas_de(slug: str, *, mes: dt.date | None = None) -> list[dict]:
    """Los que se ofrecen para imprimir del centro ``slug``: el de ``mes`` o, si no se dice, este y el siguiente."""
    este = timezone.localdate().replace(day=1)
    meses = [mes] if mes else [este, mes_siguiente(este)]
    return [{"mes": m, "url": reverse("eventos:programa", args=[slug, f"{m:%Y-%m}"])} for m in meses]
