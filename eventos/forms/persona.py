from django import forms

from comun.validadores import validar_documento, validar_sin_control
from organizacion.models import TipoDocumento


class PersonaForm(forms.Form):
    """Quién es una persona: se pide igual en la web y en la puerta."""

    tipo_documento = forms.ChoiceField(label="Tipo de documento", choices=TipoDocumento, initial=TipoDocumento.DNI)
    numero_documento = forms.CharField(label="Número de documento", max_length=20)
    nombres = forms.CharField(label="Nombres", max_length=100, validators=[validar_sin_control])
    apellidos = forms.CharField(label="Apellidos", max_length=120, validators=[validar_sin_control])

    def clean_numero_documento(self):
        return validar_documento(self.cleaned_data.get("tipo_documento"), self.cleaned_data["numero_documento"])
