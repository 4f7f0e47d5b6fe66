"""Lo que las capacitaciones ponen en la agenda de las personas: cada sesión en que exponen."""

import datetime as dt

from django.urls import reverse

from comun.agenda import Compromiso
from comun.registros import agendas

from .models import Capacitacion, Sesion

SERVICIO = "Capacitación"


@agendas.anotar
def sesiones_en_que_exponen(personal: set[int], desde: dt.date, hasta: dt.date) -> list[Compromiso]:
    filas = Sesion.objects.filter(fecha__range=(desde, hasta), capacitacion__expositores__personal__in=personal)
    filas = filas.exclude(capacitacion__estado=Capacitacion.Estado.CANCELADA).values_list(
        "capacitacion__expositores__personal",
        "fecha",
        "hora_inicio",
        "hora_fin",
        "capacitacion__titulo",
        "capacitacion",
        "capacitacion__centro",
        "capacitacion__centro__nombre",
        "capacitacion__estado",
    )
    return [_compromiso(fila) for fila in filas.distinct()]


def _compromiso(fila) -> Compromiso:
    persona, fecha, desde, hasta, titulo, pk, centro, nombre, estado = fila
    return Compromiso(
        personal=persona,
        fecha=fecha,
        hora_inicio=desde,
        hora_fin=hasta,
        servicio=SERVICIO,
        titulo=titulo,
        url=reverse("eventos_intranet:panel", args=[pk]),
        centro=(centro, nombre or "la sede"),
        es_publico=estado == Capacitacion.Estado.PUBLICADA,
        permiso="eventos.view_capacitacion",
    )
