from django import forms

from comun.validadores import validar_sin_control
from eventos.models import Llamada


class LlamadaForm(forms.Form):
    """En qué quedó una llamada: un toque, con una nota si hace falta."""

    resultado = forms.ChoiceField(choices=Llamada.Resultado)
    nota = forms.CharField(required=False, max_length=200, validators=[validar_sin_control])
