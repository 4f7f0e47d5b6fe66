"""Lo que la página de una capacitación muestra según el momento: antes, mientras se dicta y después."""

import datetime as dt

from django.utils import timezone

from .cifras import cifras_de
from .datos_estructurados import evento_de_schema
from .enlaces import url_absoluta, url_para_compartir
from .models import Capacitacion, Sesion

Situacion = Capacitacion.Situacion
ANTES, DURANTE, DESPUES, CANCELADA = "antes", "durante", "despues", "cancelada"
_MOMENTOS = {
    Situacion.EMPEZADA: DURANTE,
    Situacion.REALIZADA: DESPUES,
    Situacion.CANCELADA: CANCELADA,
}
SIN_CUPO_PARA_ELLA = {Situacion.LLENA, Situacion.CERRADA, *_MOMENTOS}
PARECIDAS = 3


def contexto_de_ficha(capacitacion: Capacitacion) -> dict:
    """El contexto de ``eventos/capacitacion_detail.html``."""
    ahora = timezone.now()
    situacion = capacitacion.situacion(ahora)
    momento = _MOMENTOS.get(situacion, ANTES)
    return {
        "capacitacion": capacitacion,
        "situacion": situacion,
        "momento": momento,
        "sesion": capacitacion.sesion_que_toca(ahora) if momento == DURANTE else None,
        "cambio": None if momento in {DESPUES, CANCELADA} else capacitacion.ultima_reprogramacion,
        "dias": _programa(capacitacion),
        "materiales": [m for m in capacitacion.materiales.all() if m.es_descargable(ahora)],
        "participantes": cifras_de(capacitacion).participantes if momento == DESPUES else 0,
        "parecidas": _parecidas(capacitacion) if situacion in SIN_CUPO_PARA_ELLA else [],
        "datos": evento_de_schema(capacitacion),
        "url_completa": url_absoluta("eventos:capacitacion", capacitacion.slug),
        "url_whatsapp": url_para_compartir(capacitacion),
    }


def _programa(capacitacion) -> list[tuple[dt.date, list[Sesion]]]:
    """Sus sesiones por día; nada si es de un día y todavía no tiene actividades."""
    dias = capacitacion.dias
    tiene_actividades = any(sesion.actividades.all() for _, sesiones in dias for sesion in sesiones)
    return dias if tiene_actividades or len(dias) > 1 else []


def _parecidas(capacitacion) -> list[Capacitacion]:
    filas = Capacitacion.objects.parecidas_a(capacitacion).para_mostrar()
    return list(filas.prefetch_related(None).prefetch_related("sesiones")[:PARECIDAS])
