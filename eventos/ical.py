"""Agenda en iCalendar (RFC 5545): un VEVENT por sesión, con hora de Lima."""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from .contenido import en_lineas, sin_control
from .enlaces import url_absoluta
from .models import Capacitacion

NOMBRE = "Capacitaciones CONECTAMEF"
# Cada cuánto conviene que una agenda suscrita vuelva a preguntar.
RENOVAR = dt.timedelta(hours=6)


def lugar_publico(capacitacion: Capacitacion) -> str:
    return capacitacion.donde


def agenda(
    capacitaciones: Iterable[Capacitacion],
    *,
    lugar_de: Callable[[Capacitacion], str] = lugar_publico,
    nombre: str = NOMBRE,
    descripcion: str = "",
) -> bytes:
    """El .ics de ``capacitaciones`` (con ``sesiones`` a la mano).

    ``lugar_de`` dice qué va como lugar: para quien está inscrito y va por internet, su enlace.
    """
    calendario = Calendar()
    calendario.add("prodid", "-//CONECTAMEF//Capacitaciones//ES")
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", sin_control(nombre))
    if descripcion:
        calendario.add("x-wr-caldesc", sin_control(descripcion))
    calendario.add("x-wr-timezone", settings.TIME_ZONE)
    calendario.add("refresh-interval", RENOVAR, parameters={"value": "DURATION"})
    calendario.add("x-published-ttl", "PT6H")
    calendario.add_component(_huso())
    for capacitacion in capacitaciones:
        for numero, sesion in enumerate(capacitacion.sesiones.all(), start=1):
            calendario.add_component(_evento(capacitacion, sesion, numero, lugar_de(capacitacion)))
    return calendario.to_ical()


@cache
def _huso() -> Timezone:
    """La hora de Lima, que no cambia: calcularla cuesta más que toda la agenda y se hace bajo la llave de los cupos."""
    return Timezone.from_tzid(settings.TIME_ZONE)


def _evento(capacitacion, sesion, numero, lugar):
    url = url_absoluta("eventos:capacitacion", capacitacion.slug)
    titulo = f"CANCELADA: {capacitacion}" if capacitacion.esta_cancelada else str(capacitacion)
    evento = Event()
    # Por número y no por llave: si se reprograma borrando y creando sesiones, la agenda mueve el mismo evento.
    evento.add("uid", f"capacitacion-{capacitacion.pk}-sesion-{numero}@{settings.CORREO_DOMINIO}")
    evento.add("sequence", capacitacion.secuencia)
    evento.add("dtstamp", capacitacion.actualizada_en)
    evento.add("last-modified", capacitacion.actualizada_en)
    evento.add("dtstart", sesion.comienza_en)
    evento.add("dtend", sesion.termina_en)
    evento.add("summary", sin_control(titulo))
    evento.add("status", "CANCELLED" if capacitacion.esta_cancelada else "CONFIRMED")
    evento.add("categories", [*(s.nombre for s in capacitacion.sistemas.all()), capacitacion.get_tipo_display()])
    evento.add("description", sin_control("\n".join([*en_lineas(capacitacion), url])))
    evento.add("url", url)
    if organizador := _organizador(capacitacion.centro):
        evento.add("organizer", organizador)
    if lugar:
        evento.add("location", sin_control(lugar))
    return evento


def _organizador(centro):
    if not centro or not centro.correo:
        return None
    organizador = vCalAddress(f"mailto:{centro.correo}")
    organizador.params["cn"] = vText(centro.nombre_completo)
    return organizador
