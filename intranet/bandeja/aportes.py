"""El ciclo del boletín: la parte de cada quien (R107–R109), y a Comunicaciones lo que falta y el armado (R110)."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from boletines import plazos
from boletines.cierre import pagina_de
from boletines.models import Aporte, Edicion
from boletines.permissions import puede_entregar_aporte, puede_reunir_aportes, puede_ver_aportes
from comun.templatetags.comun import fecha_larga
from organizacion.dias import no_laborables

from .asunto import LINEAS, Asunto, Linea

EDICIONES = 2  # la de este mes y, en la primera semana, la del anterior


def su_parte(usuario) -> Asunto | None:
    """Lo que falta entregar al Coordinador y al Responsable Técnico."""
    if not puede_ver_aportes(usuario) or puede_reunir_aportes(usuario):
        return None
    suyos = Aporte.objects.para(usuario).por_entregar().filter(incorporado_en__isnull=True, plazo__gte=_desde())
    suyos = suyos.select_related("edicion", "centro", "sistema").order_by("plazo", "pk")[:LINEAS]
    suyos = [aporte for aporte in suyos if puede_entregar_aporte(usuario, aporte)]
    if not suyos:
        return None
    apura = any(aporte.esta_atrasado() or aporte.estado == Aporte.Estado.DEVUELTO for aporte in suyos)
    return Asunto("Su parte del boletín", [_linea(aporte) for aporte in suyos], es_urgente=apura)


def _desde():
    """Lo de hace más de dos meses ya no se pide."""
    return timezone.localdate() - dt.timedelta(days=60)


def _linea(aporte) -> Linea:
    verbo = "Atrasado: venció" if aporte.plazo < timezone.localdate() else "Vence"
    detalle = f"{verbo} el {fecha_larga(aporte.plazo)}"
    if aporte.estado == Aporte.Estado.DEVUELTO:
        detalle = f"Devuelto con observación · {detalle.lower()}"
    titulo = f"{aporte.de_quien}: boletín de {aporte.edicion.periodo}"
    return Linea(titulo, reverse("aporte", args=[aporte.pk]), detalle)


def reunir(usuario) -> Asunto | None:
    """A Comunicaciones: cuántos faltan desde que se pidió, y el armado en la primera semana del mes que sigue."""
    if not puede_reunir_aportes(usuario):
        return None
    hoy, lineas, apura = timezone.localdate(), [], False
    for edicion in Edicion.objects.filter(pedida_en__isnull=False)[:EDICIONES]:
        pagina = pagina_de(edicion)
        if pagina and pagina.live:
            continue
        url = reverse("boletin_tablero_mes", args=[edicion.anio, edicion.mes])
        dias = no_laborables()
        hasta = plazos.plazo_del_armado(edicion.anio, edicion.mes, dias)
        if faltan := edicion.aportes.que_faltan().count():
            cuantos = "Falta 1 aporte" if faltan == 1 else f"Faltan {faltan} aportes"
            atrasados = edicion.aportes.atrasados(hoy).count()
            detalle = f"{atrasados} con el plazo vencido" if atrasados else ""
            lineas.append(Linea(f"{cuantos} de {edicion.periodo}", url, detalle))
        if pagina is None and hoy >= plazos.comienzo_del_armado(edicion.anio, edicion.mes, dias):
            apura = apura or hoy >= hasta
            lineas.append(Linea(f"Armar el boletín de {edicion.periodo}", url, f"Hasta el {fecha_larga(hasta)}"))
    return Asunto("Boletín del mes", lineas, es_urgente=apura) if lineas else None
