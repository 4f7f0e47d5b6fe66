from django import forms

from comun.validadores import validar_sin_control


class PapeletaForm(forms.Form):
    papeleta = forms.CharField(label="Papeleta", max_length=60, required=False, validators=[validar_sin_control])
