from django import forms

from directorio.models import Cartera, Personal


class ParteForm(forms.ModelForm):
    """A quién se encarga una parte; solo personas que hoy trabajan en su centro."""

    class Meta:
        model = Cartera
        fields = ("responsable",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        campo = self.fields["responsable"]
        campo.queryset = Personal.objects.vigentes().filter(centro=self.instance.centro_id).por_cargo()
        campo.empty_label = "Quien le toca por su cargo"
        campo.label = f"Quién lleva: {self.instance}"
