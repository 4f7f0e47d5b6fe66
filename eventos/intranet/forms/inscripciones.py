from django import forms

from comun.alcance import alcance_de
from directorio.models import Entidad
from organizacion.choosers import selector_de_distrito
from organizacion.models import Centro


class EntidadNuevaForm(forms.ModelForm):
    """La entidad que una persona escribió y el directorio no tiene. El centro sale de su distrito."""

    class Meta:
        model = Entidad
        fields = ["nombre", "tipo", "distrito", "codigo_siaf"]
        widgets = {"distrito": selector_de_distrito.widget_class}

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.usuario = usuario
        self.fields["tipo"].choices = [("", "Elija"), *Entidad.Tipo.choices]

    def clean_distrito(self):
        distrito = self.cleaned_data["distrito"]
        centro = Centro.objects.que_atiende(distrito.provincia)
        alcance = alcance_de(self.usuario)
        if centro is None:
            raise forms.ValidationError("Ningún centro atiende esa provincia todavía.")
        if not alcance.nacional and centro.pk not in alcance.centros:
            raise forms.ValidationError(f"Ese distrito lo atiende el {centro.nombre_completo}: pídale que la agregue.")
        self.instance.centro = centro
        return distrito
