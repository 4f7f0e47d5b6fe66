from django import forms

from home.models import Norma
from organizacion.models import Sistema

GENERALES = "generales"
VIGENCIA = [("", "Todas"), ("vigentes", "Vigentes"), ("derogadas", "Ya no rigen")]


class FiltrosDeNormasForm(forms.Form):
    """Los filtros de la biblioteca, de la dirección. Uno desconocido se informa y no filtra; los demás valen."""

    q = forms.CharField(label="Número o tema", required=False, max_length=100)
    sistema = forms.ChoiceField(label="Sistema", required=False)
    tipo = forms.ChoiceField(label="Tipo", required=False, choices=[("", "Todos"), *Norma.Tipo.choices])
    anio = forms.ChoiceField(label="Año", required=False)
    vigencia = forms.ChoiceField(label="Vigencia", required=False, choices=VIGENCIA)

    def __init__(self, data, **kwargs):
        super().__init__(data, **kwargs)
        self.sistemas = {sistema.slug: sistema for sistema in Sistema.objects.all()}
        nombres = [(slug, sistema.nombre) for slug, sistema in self.sistemas.items()]
        self.fields["sistema"].choices = [("", "Todos"), *nombres, (GENERALES, "Normas generales")]
        self.fields["anio"].choices = [("", "Todos"), *((str(anio), str(anio)) for anio in Norma.objects.anios())]
        for nombre in ("sistema", "tipo", "anio", "vigencia"):
            self.fields[nombre].error_messages["invalid_choice"] = "No reconocemos ese valor; se muestra todo."
        self.is_valid()

    @property
    def en_la_direccion(self) -> dict[str, str]:
        """Los filtros que valen, como van en la dirección."""
        return {nombre: valor for nombre, valor in self.cleaned_data.items() if valor}

    @property
    def elegidos(self) -> dict:
        """Los filtros que valen, como los pide ``NormaQuerySet.filtradas``."""
        valen = dict(self.en_la_direccion)
        sistema = valen.pop("sistema", "")
        if sistema == GENERALES:
            valen["es_general"] = True
        elif sistema:
            valen["sistema"] = self.sistemas[sistema]
        return valen
