"""La rejilla del mes de un centro: el mes en pequeño, y cada día con lo suyo y sus choques."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from eventos.calendario import Entrada, cuadricula, lunes_de, por_dia
from eventos.choques import Choque, choques_por_capacitacion, textos
from eventos.models import Capacitacion, Validacion
from eventos.permissions.alcance import es_de_los_suyos


@dataclass(frozen=True)
class Fila:
    """Una capacitación en uno de sus días. ``url`` está vacía si quien mira no puede abrirla."""

    entrada: Entrada
    url: str
    validacion: str
    choques: list[str]

    @property
    def capacitacion(self) -> Capacitacion:
        return self.entrada.capacitacion

    @property
    def horas(self) -> list:
        return self.entrada.sesiones


@dataclass(frozen=True)
class Dia:
    fecha: dt.date
    filas: list[Fila]
    motivo: str = ""  # por qué no se trabaja
    empieza_semana: bool = False


@dataclass(frozen=True)
class Casilla:
    """Un día en el mes pequeño."""

    fecha: dt.date
    es_del_mes: bool
    es_hoy: bool
    cuantas: int
    hay_choque: bool
    motivo: str


@dataclass
class Rejilla:
    semanas: list[list[Casilla]]
    dias: list[Dia]
    total: int = 0
    borradores: int = 0
    con_choque: int = 0
    de_la_sede: int = 0


def rejilla_de(mes: dt.date, capacitaciones: Iterable[Capacitacion], usuario, *, hoy, no_laborables) -> Rejilla:
    """``no_laborables``: pares (fecha, motivo). Todo lo demás ya viene traído con las capacitaciones."""
    filas = list(capacitaciones)
    choques = choques_por_capacitacion(filas)
    motivos = dict(no_laborables)
    en_el_mes = {fecha: suyas for fecha, suyas in por_dia(filas).items() if fecha.month == mes.month}
    dias = _dias(en_el_mes, choques, motivos, usuario)
    vivas = [c for c in filas if not c.esta_cancelada]
    return Rejilla(
        semanas=_semanas(mes, filas, dias, motivos, hoy),
        dias=dias,
        total=len(vivas),
        borradores=sum(c.estado == Capacitacion.Estado.BORRADOR for c in vivas),
        con_choque=sum(c.pk in choques for c in vivas),
        de_la_sede=sum(c.centro_id is None for c in vivas),
    )


def _dias(en_el_mes, choques, motivos, usuario) -> list[Dia]:
    dias, lunes = [], None
    for fecha, entradas in en_el_mes.items():
        filas = [_fila(entrada, choques, usuario) for entrada in entradas]
        dias.append(Dia(fecha, filas, motivos.get(fecha, ""), empieza_semana=lunes_de(fecha) != lunes))
        lunes = lunes_de(fecha)
    return dias


def _fila(entrada: Entrada, choques: dict[int, list[Choque]], usuario) -> Fila:
    capacitacion = entrada.capacitacion
    suyos = [c for c in choques.get(capacitacion.pk, []) if c.bloque.fecha == entrada.fecha]
    return Fila(
        entrada,
        _url(capacitacion, usuario),
        validacion_de(capacitacion),
        textos(suyos, usuario),
    )


def _url(capacitacion, usuario) -> str:
    """El panel si es de los suyos; lo de la sede se ve en la web y no se edita (R62)."""
    if es_de_los_suyos(usuario, capacitacion, "eventos.view_capacitacion"):
        return reverse("eventos_intranet:panel", args=[capacitacion.pk])
    return capacitacion.get_absolute_url() if capacitacion.publicada_en else ""


def validacion_de(capacitacion) -> str:
    """En qué está la validación de su contenido, o «» si todavía no se pidió (R74)."""
    estados = [v.estado for v in capacitacion.validaciones.all()]
    if not estados:
        return ""
    if Validacion.Estado.DEVUELTA in estados:
        return "Devuelta"
    return "Validada" if set(estados) == {Validacion.Estado.APROBADA} else "Por validar"


def _semanas(mes, filas, dias, motivos, hoy) -> list[list[Casilla]]:
    con_choque = {dia.fecha for dia in dias if any(fila.choques for fila in dia.filas)}
    vivas = [c for c in filas if not c.esta_cancelada]
    return [
        [
            Casilla(
                dia.fecha,
                dia.es_del_mes,
                dia.es_hoy,
                len(dia.entradas),
                dia.fecha in con_choque and dia.es_del_mes,
                motivos.get(dia.fecha, ""),
            )
            for dia in semana
        ]
        for semana in cuadricula(mes, vivas, hoy=hoy)
    ]
