from django import forms

from comun.validadores import validar_sin_control


class MesaForm(forms.Form):
    nombre = forms.CharField(
        label="Nombre de la mesa",
        max_length=60,
        initial="Puerta principal",
        validators=[validar_sin_control],
        help_text="Dónde estará. Se ve junto a cada persona que se marque en ella.",
    )

    def clean_nombre(self):
        return " ".join(self.cleaned_data["nombre"].split())
