"""El programa del mes que viene en la bandeja: hasta cuándo se registra y quién se atrasó (R66)."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format

from comun.alcance import alcance_de
from comun.templatetags.comun import fecha_larga
from eventos import permissions
from eventos.calendario import mes_siguiente
from eventos.intranet.centro import centros_de, direccion
from eventos.programa_mensual import Estado, Situacion, situaciones

from .asunto import Asunto, Linea

PRONTO = dt.timedelta(days=7)


def programa_del_mes(usuario) -> Asunto | None:
    """El de este mes y el del que viene, si falta darlos por registrados."""
    if not usuario.has_perm("eventos.add_programamensual") or not permissions.puede_ver_programa(usuario):
        return None
    hoy = timezone.localdate()
    este, centros = hoy.replace(day=1), list(centros_de(usuario))
    pendientes = [
        [s for s in situaciones(centros, mes, hoy) if not s.esta_registrado] for mes in (este, mes_siguiente(este))
    ]
    armar = _de_la_sede if alcance_de(usuario, "eventos.add_programamensual").nacional else _del_centro
    lineas = [linea for suyas in pendientes if suyas for linea in armar(suyas)]
    if not lineas:
        return None
    apura = any(s.vence_el - hoy <= PRONTO for suyas in pendientes for s in suyas)
    return Asunto("Programa del mes por registrar", lineas, es_urgente=apura)


def _del_centro(suyas: list[Situacion]) -> list[Linea]:
    return [
        Linea(_titulo(s.mes, s.centro.nombre), direccion("programa-del-mes", s.centro, s.mes), _cuando(s))
        for s in suyas
    ]


def _de_la_sede(suyas: list[Situacion]) -> list[Linea]:
    """Una línea por mes: cuántos centros faltan."""
    mes, faltan = suyas[0].mes, len(suyas)
    cuantos = "Falta 1 centro" if faltan == 1 else f"Faltan {faltan} centros"
    return [Linea(_titulo(mes), direccion("programa-del-mes", mes=mes), f"{cuantos} · {_cuando(suyas[0])}")]


def _titulo(mes: dt.date, centro: str = "") -> str:
    nombre = date_format(mes, r"F \d\e Y")
    return f"Programa de {nombre}, {centro}" if centro else f"Programa de {nombre}"


def _cuando(situacion: Situacion) -> str:
    verbo = "Atrasado: venció" if situacion.estado == Estado.ATRASADO else "Hasta"
    return f"{verbo} el {fecha_larga(situacion.vence_el)}"
