"""La agenda de una semana: qué tiene cada persona del centro, en todos los servicios."""

import datetime as dt
from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone

from comun.agenda import Compromiso, compromisos_de, se_cruzan
from directorio.models import Personal
from eventos import permissions
from eventos.calendario import codigo_de_semana, leer_semana, lunes_de, semana_anterior, semana_siguiente
from eventos.intranet.acceso import con_aviso_de_permiso, exigir
from eventos.intranet.centro import centro_pedido, centros_de, direccion
from organizacion.dias import dias_no_laborables


@dataclass(frozen=True)
class Cita:
    compromiso: Compromiso
    choca: bool
    se_nombra: bool
    se_abre: bool


@dataclass(frozen=True)
class Celda:
    fecha: dt.date
    es_hoy: bool
    citas: list[Cita]


@dataclass(frozen=True)
class Persona:
    quien: Personal
    celdas: list[Celda]


@con_aviso_de_permiso
def agenda(request):
    exigir(permissions.puede_ver_programa(request.user))
    centro = centro_pedido(request)
    lunes = leer_semana(request.GET.get("semana")) or lunes_de(timezone.localdate())
    contexto = {"centro": centro, "centros": centros_de(request.user), "codigo": codigo_de_semana(lunes)}
    if centro:
        contexto |= _semana(request.user, centro, lunes)
    return render(request, "eventos/intranet/programa/agenda.html", contexto)


def _semana(usuario, centro, lunes) -> dict:
    domingo = lunes + dt.timedelta(days=6)
    quienes = list(Personal.objects.vigentes(lunes).filter(centro=centro).select_related("sistema").por_cargo())
    compromisos = compromisos_de((p.pk for p in quienes), lunes, domingo)
    fechas = _dias_a_la_vista(lunes, compromisos)
    personas = [_persona(p, [c for c in compromisos if c.personal == p.pk], fechas, usuario) for p in quienes]
    citas = [cita for persona in personas for celda in persona.celdas for cita in celda.citas]
    motivos, hoy = dict(dias_no_laborables(centro, lunes, domingo)), timezone.localdate()
    return {
        "dias": [{"fecha": f, "es_hoy": f == hoy, "motivo": motivos.get(f, "")} for f in fechas],
        "ultimo": fechas[-1],
        "personas": personas,
        "choques": sum(cita.choca for cita in citas) // 2,
        "url_antes": direccion("agenda", centro, semana=codigo_de_semana(semana_anterior(lunes))),
        "url_despues": direccion("agenda", centro, semana=codigo_de_semana(semana_siguiente(lunes))),
    }


def _dias_a_la_vista(lunes, compromisos) -> list[dt.date]:
    """De lunes a viernes; el sábado y el domingo, solo si alguien tiene algo."""
    ultimo = max([4, *((c.fecha - lunes).days for c in compromisos)])
    return [lunes + dt.timedelta(days=n) for n in range(ultimo + 1)]


def _persona(quien, suyos, fechas, usuario) -> Persona:
    hoy = timezone.localdate()
    return Persona(
        quien,
        [Celda(f, f == hoy, [_cita(c, suyos, usuario) for c in suyos if c.fecha == f]) for f in fechas],
    )


def _cita(compromiso, suyos, usuario) -> Cita:
    """Lo que otro centro no publicó no se nombra ni se abre: solo se ve que la persona está ocupada."""
    alcanza = compromiso.lo_alcanza(usuario)
    choca = any(otro is not compromiso and se_cruzan(compromiso, otro) for otro in suyos)
    return Cita(compromiso, choca, se_nombra=alcanza or compromiso.es_publico, se_abre=alcanza)
