"""Qué capacitaciones cuentan en la estadística de un centro o de un especialista (R63, R95–R97), y cuánto suman.

- Lo que organiza un centro cuenta para él (R63), aunque lo apoye la sede u otro centro (R96): para quien apoya, no.
- Lo que organiza la sede lo registra la sede; para un centro cuenta solo si expone alguien de su personal (R95).
- Lo que organiza otra entidad cuenta para el centro cuyo personal expone, y se le pide copia del registro (R97).

Solo lo que ya terminó y no se canceló. Las cifras son las de ``eventos.cifras``: solo lo firmado (R84).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from directorio.models import Personal
from organizacion.models import Centro, Organo

from .cifras import Cifras, cifras_por_capacitacion, cifras_por_grupos, cifras_por_modalidad, cifras_totales
from .models import Capacitacion, Escaneo, Expositor, PiezaDeExpediente
from .querysets import CapacitacionQuerySet

C = Capacitacion
POR_QUE = {
    C.Organizador.CENTRO: "La organiza el centro (R63)",
    C.Organizador.SEDE: "De la sede: expone personal del centro (R95)",
    C.Organizador.OTRA: "De otra entidad: expone personal del centro (R97)",
}
POR_QUE_EN_LA_SEDE = {C.Organizador.SEDE: "La organiza y la registra la sede (R95)"}
POR_QUE_SI_EXPONE = {
    C.Organizador.CENTRO: "Expone en lo que organiza un centro (R96)",
    C.Organizador.SEDE: "Expone en lo que organiza la sede (R95)",
    C.Organizador.OTRA: "Expone en lo que organiza otra entidad (R97)",
}
POR_QUE_NO = {
    C.Organizador.SEDE: "De la sede: nadie del centro expone; otro apoyo no cuenta (R95)",
    C.Organizador.OTRA: "De otra entidad: nadie del centro expone (R97)",
}


@dataclass(frozen=True)
class Grupo:
    """Una fila de un cuadro; en «por sistema» una capacitación de varios está en cada uno, y no se suman."""

    nombre: str
    capacitaciones: int
    cifras: Cifras


@dataclass(frozen=True)
class Contada:
    capacitacion: Capacitacion
    por_que: str
    cifras: Cifras
    falta_copia: bool


def terminadas(*, desde: dt.date, hasta: dt.date, aliado: Organo | None = None) -> CapacitacionQuerySet:
    """Las que se realizaron y empezaron entre ``desde`` y ``hasta``; con ``aliado``, las conjuntas con él (R7)."""
    filas = C.objects.en_pie().pasadas().filter(fecha_inicio__range=(desde, hasta))
    return filas.filter(aliado=aliado) if aliado else filas


def que_cuentan_para_centro(filas: CapacitacionQuerySet, centro: Centro) -> CapacitacionQuerySet:
    propias = Q(organizador=C.Organizador.CENTRO, centro=centro)  # R63, R96
    return filas.filter(propias | (~Q(organizador=C.Organizador.CENTRO) & Exists(_expone_el_centro(centro))))


def que_no_cuentan_para_centro(filas: CapacitacionQuerySet, centro: Centro) -> CapacitacionQuerySet:
    """Las de su programa que no son suyas: para decir por qué no se suman."""
    ajenas = filas.filter(centro=centro).exclude(organizador=C.Organizador.CENTRO)
    return ajenas.filter(~Exists(_expone_el_centro(centro)))


def _expone_el_centro(centro):
    """Los expositores que son personal de ``centro``; si su ficha ya no está, lo dice su procedencia."""
    sin_ficha = Q(personal__isnull=True, procedencia=Expositor.Procedencia.CENTRO, capacitacion__centro=centro)
    return Expositor.objects.filter(Q(personal__centro=centro) | sin_ficha, capacitacion=OuterRef("pk"))


def que_cuentan_para_la_sede(filas: CapacitacionQuerySet) -> CapacitacionQuerySet:
    """Las que organiza: las registra ella (R95)."""
    return filas.filter(organizador=C.Organizador.SEDE)


def que_cuentan_para_especialista(filas: CapacitacionQuerySet, miembro: Personal) -> CapacitacionQuerySet:
    """Aquellas en que expone, las organice quien las organice (R95–R97): otro apoyo no cuenta."""
    return filas.filter(Exists(Expositor.objects.filter(capacitacion=OuterRef("pk"), personal=miembro)))


def contadas(filas: CapacitacionQuerySet, por_que: dict[str, str] = POR_QUE) -> list[Contada]:
    """Cada una con por qué cuenta (según quién la organiza), sus cifras y si le falta la copia del registro (R97)."""
    cifras = cifras_por_capacitacion(filas)
    filas = filas.select_related("centro").prefetch_related("sistemas").annotate(con_copia=_con_copia())
    return [
        Contada(c, por_que[c.organizador], cifras.get(c.pk, Cifras()), _pide_copia(c) and not c.con_copia)
        for c in filas
    ]


def _con_copia():
    """Si tiene el registro escaneado de alguna sesión, o el Anexo 6 subido al expediente."""
    subidos = PiezaDeExpediente.objects.filter(anexo=PiezaDeExpediente.Anexo.REGISTRO, archivo__isnull=False)
    return Exists(Escaneo.objects.filter(sesion__capacitacion=OuterRef("pk"))) | Exists(
        subidos.filter(expediente__capacitacion=OuterRef("pk"))
    )


def _pide_copia(capacitacion) -> bool:
    return capacitacion.organizador == C.Organizador.OTRA


def totales(filas: CapacitacionQuerySet) -> Grupo:
    return Grupo("Total", filas.count(), cifras_totales(filas))


def por_sistema(filas: CapacitacionQuerySet) -> list[Grupo]:
    return _agrupar(filas.prefetch_related("sistemas"), lambda c: [(s.orden, s.nombre) for s in c.sistemas.all()])


def por_tipo(filas: CapacitacionQuerySet) -> list[Grupo]:
    orden = C.Tipo.values
    return _agrupar(filas, lambda c: [(orden.index(c.tipo), c.get_tipo_display())])


def por_mes(filas: CapacitacionQuerySet) -> list[Grupo]:
    """Según el mes en que empezó."""
    return _agrupar(filas, lambda c: [(c.fecha_inicio.strftime("%Y%m"), f"{c.fecha_inicio:%m/%Y}")])


def por_especialista(filas: CapacitacionQuerySet, centro: Centro) -> list[Grupo]:
    """Lo que expone cada miembro del personal de ``centro``; lo de dos expositores se cuenta en cada uno."""
    nombres = defaultdict(list)
    expositores = Expositor.objects.filter(capacitacion__in=filas, personal__centro=centro).select_related("personal")
    for expositor in expositores:
        nombre = (expositor.personal.apellidos, str(expositor.personal))
        if nombre not in nombres[expositor.capacitacion_id]:
            nombres[expositor.capacitacion_id].append(nombre)
    return _agrupar(filas, lambda c: nombres.get(c.pk, []))


def por_modalidad(filas: CapacitacionQuerySet) -> list[Grupo]:
    """Las dos oficiales (R58): una híbrida está en las dos, con las personas que asistieron de cada modo."""
    cuantas = {
        modo: filas.filter(modalidad__in=(modo, C.Modalidad.HIBRIDA)).count()
        for modo in (C.Modalidad.PRESENCIAL, C.Modalidad.VIRTUAL)
    }
    return [Grupo(C.Modalidad(m).label, cuantas[m], cifras) for m, cifras in cifras_por_modalidad(filas).items()]


def _agrupar(filas, grupos_de: Callable[[Capacitacion], list[tuple]]) -> list[Grupo]:
    """``grupos_de`` da los pares (orden, nombre) de cada una."""
    suyos = {c.pk: grupos_de(c) for c in filas}
    cifras = cifras_por_grupos(filas, suyos)
    cuantas = defaultdict(int)
    for grupos in suyos.values():
        for grupo in grupos:
            cuantas[grupo] += 1
    return [Grupo(grupo[1], cuantas[grupo], cifras.get(grupo, Cifras())) for grupo in sorted(cuantas)]
