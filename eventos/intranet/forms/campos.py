"""Controles y límites que comparten los formularios del personal."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

ANIO_INICIAL = 2010  # antes no había centros
ANIOS_POR_DELANTE = 3


class Fecha(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class Hora(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%H:%M")


class FechaYHora(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


def validar_anio(valor: dt.date | dt.datetime) -> None:
    """Rechaza un año mal tecleado («0206», «9999»)."""
    if not ANIO_INICIAL <= valor.year <= timezone.localdate().year + ANIOS_POR_DELANTE:
        raise ValidationError("Revise el año.")


def parrafo(filas: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": filas})
