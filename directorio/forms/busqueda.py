from django import forms

from directorio.models import Personal
from organizacion.models import Centro, Sistema

# Lo que el público elige; «Personal de la sede» no dice a quién acudir, pero así figura.
CARGOS = [("", "Todos"), *Personal.Cargo.choices]


class BusquedaDePersonalForm(forms.Form):
    """Filtros del directorio público; van en la dirección."""

    q = forms.CharField(label="Nombre", required=False, max_length=100)
    centro = forms.ModelChoiceField(Centro.objects.none(), to_field_name="slug", required=False, empty_label="Todos")
    cargo = forms.ChoiceField(choices=CARGOS, required=False)
    sistema = forms.ModelChoiceField(Sistema.objects.none(), to_field_name="slug", required=False, empty_label="Todos")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["centro"].queryset = Centro.objects.activos()
        self.fields["sistema"].queryset = Sistema.objects.all()

    def elegidos(self) -> dict:
        """Lo elegido que vale, por su nombre."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {nombre: valor for nombre, valor in self.cleaned_data.items() if valor}

    def en_palabras(self, elegidos: dict) -> list[str]:
        """«Cusco», «Especialista», como se leen en su lista."""
        cargos = dict(self.fields["cargo"].choices)
        return [str(cargos[valor] if nombre == "cargo" else valor) for nombre, valor in elegidos.items()]
