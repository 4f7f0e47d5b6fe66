from django import forms

from comun.validadores import validar_documento, validar_sin_control, validar_telefono
from organizacion.models import TipoDocumento


class PersonaForm(forms.Form):
    """Quién es una persona: se pide igual en la web y en la puerta."""

    tipo_documento = forms.ChoiceField(label="Tipo de documento", choices=TipoDocumento, initial=TipoDocumento.DNI)
    numero_documento = forms.CharField(label="Número de documento", max_length=20)
    nombres = forms.CharField(label="Nombres", max_length=100, validators=[validar_sin_control])
    apellidos = forms.CharField(label="Apellidos", max_length=120, validators=[validar_sin_control])

    def clean_numero_documento(self):
        return validar_documento(self.cleaned_data.get("tipo_documento"), self.cleaned_data["numero_documento"])


class ContactoForm(forms.Form):
    """Adónde se le escribe y se le llama."""

    correo = forms.EmailField(
        label="Correo", help_text="Ahí llegará la confirmación, con el enlace para corregirla o liberar el cupo."
    )
    telefono = forms.CharField(label="Teléfono", max_length=20, validators=[validar_telefono])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["correo"].widget.attrs["autocomplete"] = "email"
        self.fields["telefono"].widget.attrs.update(autocomplete="tel", inputmode="tel")
