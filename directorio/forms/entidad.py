from django import forms
from wagtail.admin.forms import WagtailAdminModelForm

from comun.alcance import alcance_de
from directorio.models import Entidad
from organizacion.choosers import selector_de_distrito
from organizacion.models import Centro


class EntidadForm(WagtailAdminModelForm):
    """Si no se elige centro, la atiende el que tiene a su cargo la provincia."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "centro" in self.fields:
            self.fields["centro"].required = False  # la base lo exige a quien trabaja en un centro
            self.fields["centro"].help_text = "Si lo deja vacío: el que tiene a su cargo la provincia."

    def clean(self):
        datos = super().clean()
        if "centro" in self.fields and not datos.get("centro") and datos.get("distrito"):
            provincia = datos["distrito"].provincia
            centro = Centro.objects.que_atiende(provincia)
            datos["centro"] = self.instance.centro = centro
            if centro is None:
                self.add_error("centro", f"Elija el centro: hoy ninguno tiene a su cargo la provincia {provincia}.")
        return datos


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
        alcance = alcance_de(self.usuario, "directorio.add_entidad")
        if centro is None:
            raise forms.ValidationError("Ningún centro atiende esa provincia todavía.")
        if not alcance.nacional and centro.pk not in alcance.centros:
            raise forms.ValidationError(f"Ese distrito lo atiende el {centro.nombre_completo}: pídale que la agregue.")
        self.instance.centro = centro
        return distrito
