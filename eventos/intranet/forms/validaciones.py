from django import forms

from comun.validadores import validar_sin_control

from .campos import parrafo


class DecisionForm(forms.Form):
    """Aprobar o devolver. ``huella``: la del contenido que se muestra, para no decidir sobre otro."""

    huella = forms.CharField(widget=forms.HiddenInput, max_length=64)
    observacion = forms.CharField(
        label="Observación",
        required=False,
        max_length=4000,
        widget=parrafo(4),
        validators=[validar_sin_control],
        help_text="Obligatoria si lo devuelve: qué debe corregirse.",
    )

    def clean(self):
        datos = super().clean()
        if not self.aprueba and not datos.get("observacion") and "observacion" not in self.errors:
            self.add_error("observacion", "Escriba qué debe corregirse: el especialista lo leerá.")
        return datos

    @property
    def aprueba(self) -> bool:
        return "aprobar" in self.data
