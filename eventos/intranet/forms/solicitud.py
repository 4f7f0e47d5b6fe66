"""Qué se responde a una solicitud de capacitación (R69)."""

from django import forms

from comun.validadores import validar_sin_control
from eventos.models import Capacitacion, Solicitud

from .campos import parrafo

LARGO = Solicitud._meta.get_field("respuesta").max_length


def _documento(rotulo, ayuda, **mas):
    return forms.CharField(label=rotulo, max_length=LARGO, help_text=ayuda, validators=[validar_sin_control], **mas)


def _motivo(rotulo):
    return forms.CharField(label=rotulo, max_length=1000, widget=parrafo(3), validators=[validar_sin_control])


class AceptarForm(forms.Form):
    oficio = _documento(
        "Oficio de respuesta", "Lo firma la Dirección de la OGAUC. Por ejemplo, Oficio N.° 045-2026-EF/45.02."
    )
    titulo = forms.CharField(label="Título de la capacitación", max_length=160, validators=[validar_sin_control])
    tipo = forms.ChoiceField(label="Tipo", choices=[("", "Elija"), *Capacitacion.Tipo.choices])
    modalidad = forms.ChoiceField(label="Modalidad", choices=[("", "Elija"), *Capacitacion.Modalidad.choices])


class DerivarForm(forms.Form):
    memorando = _documento("Memorando", "Con él va el documento original.")
    motivo = _motivo("A quién corresponde y por qué")


class RemitirForm(forms.Form):
    expediente = _documento("Hoja de ruta del STD", "El documento físico se remite al órgano al que fue dirigido.")


class NoProcedeForm(forms.Form):
    documento = _documento("Documento de respuesta", "")
    motivo = _motivo("Por qué no procede")
