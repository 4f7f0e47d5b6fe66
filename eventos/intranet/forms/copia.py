"""Elegir qué se copia del mes anterior y para qué día."""

import datetime as dt
from functools import cached_property

from django import forms

from eventos.calendario import mes_anterior, ultimo_dia
from eventos.copia import fecha_equivalente
from eventos.models import Capacitacion
from eventos.renglon import llave_de, ya_programadas
from organizacion.dias import no_laborables
from organizacion.models import Centro

from .campos import Fecha, validar_anio


class CopiaForm(forms.Form):
    elegida = forms.BooleanField(label="Copiar", required=False)
    fecha = forms.DateField(label="Nueva fecha", widget=Fecha, validators=[validar_anio])

    def __init__(self, *args, capacitacion: Capacitacion, esta: bool, **kwargs):
        super().__init__(*args, prefix=f"c{capacitacion.pk}", **kwargs)
        self.capacitacion = capacitacion
        self.esta = esta  # ya hay una igual ese día
        self.fields["elegida"].widget.attrs["aria-label"] = f"Copiar «{capacitacion}»"
        self.fields["fecha"].widget.attrs["aria-label"] = f"Nueva fecha de «{capacitacion}»"


class Copias:
    """Un formulario por capacitación del mes anterior a ``mes``, con la fecha propuesta."""

    def __init__(self, centro: Centro, mes: dt.date, datos=None):
        self.centro, self.mes, self.datos = centro, mes, datos
        self.sin_elegir = False

    @cached_property
    def forms(self) -> list[CopiaForm]:
        dias = no_laborables(self.centro)
        originales = list(_del_mes(self.centro, mes_anterior(self.mes)))
        fechas = [fecha_equivalente(original.fecha_inicio, self.mes, dias) for original in originales]
        vistas = ya_programadas(self.centro, fechas)
        return [self._form(c, fecha, vistas) for c, fecha in zip(originales, fechas, strict=True)]

    def _form(self, capacitacion, fecha, vistas):
        esta = llave_de(capacitacion.titulo, fecha, capacitacion.sesiones.all()[0].hora_inicio) in vistas
        inicial = {"elegida": not esta, "fecha": fecha}
        return CopiaForm(self.datos, capacitacion=capacitacion, esta=esta, initial=inicial)

    def is_valid(self) -> bool:
        """Solo la fecha de lo elegido importa."""
        elegidos = [form for form in self.forms if form["elegida"].data]
        self.sin_elegir = not elegidos
        return all([form.is_valid() for form in elegidos]) and not self.sin_elegir  # noqa: C419 - todos, por sus errores

    def elegidas(self) -> list[tuple[Capacitacion, dt.date]]:
        elegidos = [form for form in self.forms if form["elegida"].data]
        return [(form.capacitacion, form.cleaned_data["fecha"]) for form in elegidos]


def copias_de(centro: Centro, mes: dt.date, datos=None) -> Copias:
    return Copias(centro, mes, datos)


def _del_mes(centro, mes):
    """Las del centro que empezaron en ``mes``; lo cancelado no se copia."""
    filas = Capacitacion.objects.filter(centro=centro, fecha_inicio__range=(mes, ultimo_dia(mes)))
    filas = filas.exclude(estado=Capacitacion.Estado.CANCELADA).order_by("fecha_inicio", "pk")
    return filas.prefetch_related("sesiones__actividades", "expositores__personal", "sistemas")
