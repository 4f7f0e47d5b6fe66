from django import forms
from django.core.exceptions import ValidationError

from eventos.archivos import validar_material
from eventos.models import Material
from eventos.models.material import EXTENSIONES

A_LA_VEZ = 20


class VariosArchivos(forms.ClearableFileInput):
    allow_multiple_selected = True


class CampoDeArchivos(forms.FileField):
    """Varios archivos a la vez; los errores de todos se dicen juntos."""

    widget = VariosArchivos

    def clean(self, data, initial=None):
        archivos = [super(CampoDeArchivos, self).clean(uno, initial) for uno in data or []]
        if len(archivos) > A_LA_VEZ:
            raise ValidationError(f"Suba a lo más {A_LA_VEZ} archivos a la vez.")
        errores = []
        for archivo in archivos:
            try:
                validar_material(archivo)
            except ValidationError as error:
                errores += error.messages
        if errores:
            raise ValidationError(errores)
        return archivos


class SubirForm(forms.Form):
    archivos = CampoDeArchivos(
        label="Archivos",
        required=False,
        max_length=200,
        help_text="Puede elegir varios: PDF, presentación, documento, hoja de cálculo o ZIP, de hasta 20 MB cada uno.",
        widget=VariosArchivos(attrs={"accept": ",".join(f".{extension}" for extension in EXTENSIONES)}),
    )
    visible_antes = forms.BooleanField(
        label="Mostrarlos desde antes del evento",
        required=False,
        help_text="Si no, el público los ve cuando termina la última sesión.",
    )


class MaterialForm(forms.ModelForm):
    orden = forms.IntegerField(label="Orden", min_value=0, max_value=999)

    class Meta:
        model = Material
        fields = ["orden", "titulo", "visible_antes"]
        labels = {"visible_antes": "Desde antes"}
