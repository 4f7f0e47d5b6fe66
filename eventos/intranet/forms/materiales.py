from django import forms
from django.core.exceptions import ValidationError

from comun.varios_archivos import CampoDeArchivos, VariosArchivos
from eventos.archivos import validar_material
from eventos.models import Material
from eventos.models.material import EXTENSIONES


class CampoDeMateriales(CampoDeArchivos):
    """Los errores de todos se dicen juntos."""

    def revisar(self, archivos) -> None:
        errores = []
        for archivo in archivos:
            try:
                validar_material(archivo)
            except ValidationError as error:
                errores += error.messages
        if errores:
            raise ValidationError(errores)


class SubirForm(forms.Form):
    archivos = CampoDeMateriales(
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
