"""Si un centro atiende hoy y qué días cercanos no. Nada se supone: lo que su horario no dice claro, no se afirma."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone

from comun.templatetags.comun import fecha_larga, hora
from comun.texto import normalizar
from organizacion.dias import dias_no_laborables
from organizacion.models import Centro, HorarioEspecial

DIAS_DE_AVISO = 30
SEMANA = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
_HORA = r"(\d{1,2})(?:[:.](\d{2}))? ([ap])\. ?m\."
# «Lunes a viernes de 8:30 a. m. a 5:30 p. m.», entero: con algo más escrito («refrigerio de 1 a 2») ya no se sabe.
_CORRIDO = re.compile(rf"(?:de )?({'|'.join(SEMANA)}) a ({'|'.join(SEMANA)}),? de {_HORA} a {_HORA}")


@dataclass(frozen=True)
class Corrido:
    """Un horario sin pausas: del día ``primero`` al ``ultimo`` de la semana (0 es lunes), de ``abre`` a ``cierra``."""

    primero: int
    ultimo: int
    abre: dt.time
    cierra: dt.time

    def incluye(self, fecha: dt.date) -> bool:
        return self.primero <= fecha.weekday() <= self.ultimo


def leer_horario(texto: str) -> Corrido | None:
    """El horario que dice ``texto``, si lo dice todo y con una sola lectura."""
    if not (hallado := _CORRIDO.fullmatch(normalizar(texto).rstrip())):
        return None
    primero, ultimo, *horas = hallado.groups()
    abre, cierra = _hora_de(*horas[:3]), _hora_de(*horas[3:])
    dias = SEMANA.index(primero), SEMANA.index(ultimo)
    return Corrido(*dias, abre, cierra) if abre and cierra and abre < cierra and dias[0] <= dias[1] else None


def _hora_de(horas: str, minutos: str | None, mitad: str) -> dt.time | None:
    if not 1 <= int(horas) <= 12 or int(minutos or 0) > 59:
        return None
    return dt.time(int(horas) % 12 + (12 if mitad == "p" else 0), int(minutos or 0))


@dataclass(frozen=True)
class Dia:
    """Un día o unos días distintos de lo normal: no atiende, o atiende en otro horario."""

    desde: dt.date
    hasta: dt.date
    motivo: str
    abre: dt.time | None = None
    cierra: dt.time | None = None

    @property
    def fechas(self) -> str:
        if self.desde == self.hasta:
            return fecha_larga(self.desde)
        return f"del {fecha_larga(self.desde)} al {fecha_larga(self.hasta)}"

    @property
    def atencion(self) -> str:
        return f"atiende de {hora(self.abre)} a {hora(self.cierra)}" if self.abre else "no atiende"


def dias_especiales(centro: Centro, hoy: dt.date | None = None) -> list[Dia]:
    """Los cierres y horarios especiales y los días no laborables de hoy a un mes, por fecha, en dos consultas."""
    hoy = hoy or timezone.localdate()
    hasta = hoy + dt.timedelta(DIAS_DE_AVISO)
    propios = [
        Dia(e.desde, e.hasta, e.motivo, e.abre, e.cierra)
        for e in HorarioEspecial.objects.filter(centro=centro).por_venir(hasta, hoy)
    ]
    comunes = [Dia(fecha, fecha, motivo) for fecha, motivo in dias_no_laborables(centro, hoy, hasta)]
    horario = leer_horario(centro.horario)
    # Lo que el centro dice de un día vale más que el feriado, y un feriado en domingo no cambia nada.
    libres = [
        dia
        for dia in comunes
        if not any(e.desde <= dia.desde <= e.hasta for e in propios) and (not horario or horario.incluye(dia.desde))
    ]
    return sorted([*propios, *libres], key=lambda dia: dia.desde)


def hoy_en(centro: Centro, especiales: list[Dia], ahora: dt.datetime | None = None) -> str:
    """«Hoy atiende hasta las 5:30 p. m.», o «» si no se puede saber."""
    ahora = timezone.localtime(ahora)
    hoy = ahora.date()
    if especial := next((dia for dia in especiales if dia.desde <= hoy <= dia.hasta), None):
        if not especial.abre:
            return f"Hoy no atiende: {especial.motivo}"
        return _segun_la_hora(especial.abre, especial.cierra, ahora.time())
    horario = leer_horario(centro.horario)
    if horario is None:
        return ""
    if not horario.incluye(hoy):
        return "Hoy no atiende"
    return _segun_la_hora(horario.abre, horario.cierra, ahora.time())


def _segun_la_hora(abre: dt.time, cierra: dt.time, ahora: dt.time) -> str:
    if ahora < abre:
        return f"Hoy atiende de {hora(abre)} a {hora(cierra)}"
    return f"Hoy atiende hasta las {hora(cierra)}" if ahora < cierra else f"Hoy atendió hasta las {hora(cierra)}"
