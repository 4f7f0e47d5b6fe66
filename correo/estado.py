"""Cómo está un envío, dicho para quien lo mira."""

import datetime as dt

from django.utils import timezone

from comun.templatetags.comun import fecha_media, hora

from .models import Envio

E = Envio.Estado


def reposa(envio: Envio, en: dt.datetime | None = None) -> bool:
    """Si todavía no llega la hora en que puede salir."""
    return envio.estado == E.EN_COLA and envio.sale_en is not None and envio.sale_en > (en or timezone.now())


def fase_de(envio: Envio, en: dt.datetime | None = None) -> str:
    """El estado, con el reposo aparte: al cambiar, la pantalla abierta se vuelve a pedir entera."""
    return "reposo" if reposa(envio, en) else str(envio.estado)


def describir(envio: Envio, en: dt.datetime | None = None) -> str:
    """Una frase: «Sale a las 10:42 a. m.; todavía se puede cancelar», «Se detuvo solo: 100 fallas seguidas»."""
    en = en or timezone.now()
    if reposa(envio, en):
        return f"Sale {_cuando(envio.sale_en, en)}; todavía se puede cancelar"
    if envio.estado == E.POR_APROBAR:
        return "Espera la segunda firma de otra persona"
    if envio.motivo_pausa and envio.estado == E.EN_PAUSA:
        return envio.motivo_pausa  # el freno ya lo dice entero: «Se detuvo solo: 100 fallas seguidas…»
    if envio.motivo_pausa and envio.estado == E.CANCELADO:
        return f"Devuelto sin firma: {envio.motivo_pausa}"
    return envio.get_estado_display()


def _cuando(momento: dt.datetime, en: dt.datetime) -> str:
    es_de_hoy = timezone.localdate(momento) == timezone.localdate(en)
    articulo = "a la" if timezone.localtime(momento).hour % 12 == 1 else "a las"
    return f"{articulo} {hora(momento)}" if es_de_hoy else f"el {fecha_media(momento)}, {articulo} {hora(momento)}"
