"""Cuándo y dónde es una capacitación: lo que una persona debe volver a saber si cambia."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Max, Min
from django.utils import timezone

from eventos.models import Capacitacion, Reprogramacion

LARGO_DEL_LUGAR = Reprogramacion._meta.get_field("lugar_antes").max_length


@dataclass(frozen=True)
class Cita:
    """``sesiones``: tripletas (fecha, desde, hasta), en orden. ``donde``: el lugar, como lo lee la gente."""

    sesiones: tuple[tuple[dt.date, dt.time, dt.time], ...]
    modalidad: str
    donde: str
    enlace_virtual: str

    @property
    def la_ve_el_publico(self) -> tuple:
        """Todo menos el enlace, que solo lo tiene quien está inscrito."""
        return self.sesiones, self.modalidad, self.donde

    def guardar(self, *, capacitacion: Capacitacion, motivo: str, por) -> Reprogramacion | None:
        """Guarda esta cita como la que ``capacitacion`` tenía antes de cambiar (R67)."""
        if not self.sesiones:
            return None  # publicada no puede estar sin sesiones; si lo estuvo, no hay fecha que recordar
        fecha, desde, _ = self.sesiones[0]
        return Reprogramacion.objects.create(
            capacitacion=capacitacion,
            motivo=motivo,
            comenzaba_en=timezone.make_aware(dt.datetime.combine(fecha, desde)),
            terminaba_el=self.sesiones[-1][0],
            lugar_antes=self.donde[:LARGO_DEL_LUGAR],
            creada_por=por,
        )


def copiar_fechas(capacitacion: Capacitacion) -> None:
    """Pone en ``capacitacion`` las fechas de su primera y su última sesión."""
    limites = capacitacion.sesiones.aggregate(desde=Min("fecha"), hasta=Max("fecha"))
    capacitacion.fecha_inicio, capacitacion.fecha_fin = limites["desde"], limites["hasta"]
    capacitacion.save(update_fields=["fecha_inicio", "fecha_fin"])


def cita_de(capacitacion: Capacitacion) -> Cita:
    """La cita de ``capacitacion`` como está guardada ahora: sus sesiones se leen de la base."""
    sesiones = capacitacion.sesiones.order_by("fecha", "hora_inicio").values_list("fecha", "hora_inicio", "hora_fin")
    return Cita(tuple(sesiones), capacitacion.modalidad, capacitacion.donde, capacitacion.enlace_virtual)
