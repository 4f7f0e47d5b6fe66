from django import forms

from eventos.models import Capacitacion
from organizacion.models import Centro, Sistema


class FiltrosForm(forms.Form):
    """Los filtros del calendario, de la dirección. Uno desconocido se informa y no filtra; los demás valen."""

    q = forms.CharField(label="Tema o lugar", required=False, max_length=100)
    centro = forms.ChoiceField(label="Centro", required=False)
    sistema = forms.ChoiceField(label="Sistema", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Todos"), *Capacitacion.Tipo.choices])
    modalidad = forms.ChoiceField(
        label="Modalidad", required=False, choices=[("", "Todas"), *Capacitacion.Modalidad.choices]
    )
    dia = forms.DateField(label="Día", required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.centros = {centro.slug: centro for centro in Centro.objects.activos()}
        self.sistemas = {sistema.slug: sistema for sistema in Sistema.objects.all()}
        self.fields["centro"].choices = [("", "Todos"), *((slug, c.nombre) for slug, c in self.centros.items())]
        self.fields["sistema"].choices = [("", "Todos"), *((slug, s.nombre) for slug, s in self.sistemas.items())]
        for nombre in ("centro", "sistema", "tipo", "modalidad"):
            self.fields[nombre].error_messages["invalid_choice"] = "No reconocemos ese valor; se muestra todo."
        self.fields["dia"].error_messages["invalid"] = "Ese día no existe; se muestran todos."

    @property
    def elegidos(self) -> dict:
        """Los filtros que valen, como los pide ``CapacitacionQuerySet.filtradas``."""
        self.is_valid()
        valen = {nombre: valor for nombre, valor in self.cleaned_data.items() if valor}
        if "centro" in valen:
            valen["centro"] = self.centros[valen["centro"]]
        if "sistema" in valen:
            valen["sistema"] = self.sistemas[valen["sistema"]]
        return valen
