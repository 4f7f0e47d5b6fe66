from django import forms
from django.core.exceptions import ValidationError

from directorio.models import Entidad
from eventos.busqueda import buscar_entidades

from .entidad import EleccionBuscada


class InvitacionForm(forms.Form):
    """A qué entidad va dirigida la invitación. Se llena por la dirección: pedir una invitación no cambia nada."""

    entidad_busqueda = forms.CharField(
        label="Su entidad",
        required=False,
        max_length=100,
        help_text="Escriba parte del nombre, su ubigeo o su código SIAF, y elíjala de la lista.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    entidad = EleccionBuscada(
        label="Elija su entidad",
        queryset=Entidad.objects.activas().select_related("distrito__provincia__departamento"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        campo = self.fields["entidad"]
        try:
            elegida = campo.to_python(self["entidad"].value())
        except ValidationError:
            elegida = None
        campo.ofrecer(buscar_entidades(self["entidad_busqueda"].value() or ""), elegida)

    def clean(self):
        datos = super().clean()
        if not datos.get("entidad") and "entidad" not in self.errors:
            self.add_error("entidad_busqueda", self._que_falta())
        return datos

    def _que_falta(self):
        if self.fields["entidad"].widget.choices:
            return "Elija su entidad de la lista."
        if self.cleaned_data.get("entidad_busqueda"):
            return "No encontramos esa entidad: pruebe con otro nombre."
        return "Escriba el nombre de su entidad y búsquela."
