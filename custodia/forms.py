from django import forms

from comun.validadores import validar_sin_control


def _texto(etiqueta, **mas):
    return forms.CharField(label=etiqueta, required=False, max_length=100, validators=[validar_sin_control], **mas)


class RastroForm(forms.Form):
    """Los filtros del rastro. El nombre o el documento de alguien no va aquí: iría en la dirección."""

    usuario = _texto("Quién lo hizo", widget=forms.TextInput(attrs={"placeholder": "Nombre o usuario"}))
    accion = _texto("Acción", widget=forms.TextInput(attrs={"list": "acciones", "placeholder": "exportar…"}))
    motivo = _texto("Motivo contiene")
    desde = forms.DateField(label="Desde", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    hasta = forms.DateField(label="Hasta", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def clean(self):
        datos = super().clean()
        if datos.get("desde") and datos.get("hasta") and datos["desde"] > datos["hasta"]:
            self.add_error("hasta", "Es anterior a «Desde».")
        return datos


class BuscarPersonaForm(forms.Form):
    texto = forms.CharField(
        label="Nombre, documento o correo",
        min_length=3,
        max_length=100,
        validators=[validar_sin_control],
        error_messages={"required": "Escriba a quién busca.", "min_length": "Escriba tres letras o más."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
