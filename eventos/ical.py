"""Agenda en iCalendar (RFC 5545): un VEVENT por sesión, con hora de Lima."""

from collections.abc import Iterable
from functools import cache

from django.conf import settings
from icalendar import Calendar, Event, Timezone

from .enlaces import url_absoluta
from .models import Capacitacion


def agenda(capacitaciones: Iterable[Capacitacion], *, con_enlace: bool = False) -> bytes:
    """El .ics de ``capacitaciones`` (con ``sesiones`` a la mano).

    ``con_enlace`` pone el enlace de la sesión virtual: solo para quien está inscrito.
    """
    calendario = Calendar()
    calendario.add("prodid", "-//CONECTAMEF//Capacitaciones//ES")
    calendario.add("version", "2.0")
    calendario.add("method", "PUBLISH")
    calendario.add("x-wr-calname", "Capacitaciones CONECTAMEF")
    calendario.add_component(_huso())
    for capacitacion in capacitaciones:
        for numero, sesion in enumerate(capacitacion.sesiones.all(), start=1):
            calendario.add_component(_evento(capacitacion, sesion, numero, con_enlace))
    return calendario.to_ical()


@cache
def _huso() -> Timezone:
    """La hora de Lima, que no cambia: calcularla cuesta más que toda la agenda y se hace bajo la llave de los cupos."""
    return Timezone.from_tzid(settings.TIME_ZONE)


def _evento(capacitacion, sesion, numero, con_enlace):
    url = url_absoluta("eventos:capacitacion", capacitacion.slug)
    evento = Event()
    # Por número y no por llave: si se reprograma borrando y creando sesiones, la agenda mueve el mismo evento.
    evento.add("uid", f"capacitacion-{capacitacion.pk}-sesion-{numero}@{settings.CORREO_DOMINIO}")
    evento.add("sequence", capacitacion.secuencia)
    evento.add("dtstamp", capacitacion.actualizada_en)
    evento.add("last-modified", capacitacion.actualizada_en)
    evento.add("dtstart", sesion.comienza_en)
    evento.add("dtend", sesion.termina_en)
    evento.add("summary", f"CANCELADA: {capacitacion}" if capacitacion.esta_cancelada else str(capacitacion))
    evento.add("status", "CANCELLED" if capacitacion.esta_cancelada else "CONFIRMED")
    evento.add("description", _descripcion(capacitacion, url))
    evento.add("url", url)
    lugar = capacitacion.enlace_virtual if con_enlace else ""
    if lugar := lugar or capacitacion.donde:
        evento.add("location", lugar)
    return evento


def _descripcion(capacitacion, url):
    partes = [capacitacion.motivo_cancelacion, capacitacion.objetivo, "Es gratuita.", url]
    return "\n".join(parte for parte in partes if parte)
