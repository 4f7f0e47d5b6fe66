from django import forms

from comun.antiabuso import SinRobots
from comun.validadores import validar_sin_control, validar_telefono
from organizacion.models import Centro

A_LA_SEDE = "sede"


class PreguntaForm(SinRobots, forms.Form):
    """Preguntar por escrito. Si no se viene de una capacitación o de un centro, se elige a quién."""

    centro = forms.ChoiceField(label="¿A quién le pregunta?")
    texto = forms.CharField(
        label="Su pregunta", max_length=2000, widget=forms.Textarea(attrs={"rows": 6, "maxlength": 2000})
    )
    nombre = forms.CharField(
        label="Nombre y apellidos",
        max_length=160,
        validators=[validar_sin_control],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    correo = forms.EmailField(
        label="Correo",
        help_text="Ahí le llegará la respuesta.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    telefono = forms.CharField(
        label="Teléfono",
        max_length=20,
        required=False,
        validators=[validar_telefono],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    acepta_aviso = forms.BooleanField(
        label="Leí el aviso y acepto que usen mis datos para esto",
        error_messages={"required": "Para preguntar debe aceptar el uso de sus datos."},
    )

    def __init__(self, *args, destino_fijo: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if destino_fijo:
            del self.fields["centro"]
        else:
            self.centros = {centro.slug: centro for centro in Centro.objects.activos()}
            centros = [(slug, centro.nombre_completo) for slug, centro in self.centros.items()]
            self.fields["centro"].choices = [("", "Elija"), *centros, (A_LA_SEDE, "A la sede central, o no sé")]

    @property
    def visibles(self):
        """Los campos que la persona llena, en su orden; la trampa y la marca van aparte."""
        nombres = ("centro", "texto", "nombre", "correo", "telefono")
        return [self[nombre] for nombre in nombres if nombre in self.fields]

    @property
    def datos(self) -> dict:
        """Lo que ``actions.pregunta.preguntar`` pide de la persona."""
        return {nombre: self.cleaned_data[nombre] for nombre in ("texto", "nombre", "correo", "telefono")}

    @property
    def centro_elegido(self) -> Centro | None:
        return self.centros.get(self.cleaned_data["centro"])
