from django import forms

from eventos.actions.informe import TEXTOS
from eventos.models import FotoDeInforme, Informe, ParteDeInforme
from eventos.models.informe import FOTOS

from .campos import parrafo

FOTOS_A_LA_VEZ = 3
IMAGENES = "image/jpeg,image/png,image/webp"


class InformeForm(forms.ModelForm):
    class Meta:
        model = Informe
        fields = TEXTOS
        widgets = {campo: parrafo(3) for campo in TEXTOS}
        help_texts = {
            "publico": "Las cifras y el cuadro por entidad se agregan solos.",
            "resultados": "Qué dicen las encuestas; los cuadros se agregan solos.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.capacitacion.lleva_encuesta:
            self.fields["resultados"].required = False
            self.fields["resultados"].widget = forms.HiddenInput()


class FotoForm(forms.ModelForm):
    """Una foto ya subida: su lugar y qué se ve."""

    orden = forms.IntegerField(label="Orden", min_value=0, max_value=999)

    class Meta:
        model = FotoDeInforme
        fields = ["orden", "descripcion"]


class NuevaFotoForm(forms.Form):
    foto = forms.FileField(  # ``comun.subidas.leer_imagen`` dice si es una foto
        label="Foto", required=False, max_length=200, widget=forms.FileInput(attrs={"accept": IMAGENES})
    )
    descripcion = forms.CharField(label="Qué se ve", max_length=200, required=False)

    def clean(self):
        datos = super().clean()
        if datos.get("foto") and not datos.get("descripcion", "").strip():
            self.add_error(
                "descripcion", "Diga qué se ve: lo lee quien no puede ver la foto. Y elija la foto de nuevo."
            )
        if datos.get("descripcion") and not datos.get("foto") and "foto" not in self.errors:
            self.add_error("foto", "Elija la foto.")
        return datos


FotosFormSet = forms.modelformset_factory(
    FotoDeInforme, form=FotoForm, extra=0, can_delete=True, max_num=FOTOS, absolute_max=FOTOS, edit_only=True
)
NuevasFotosFormSet = forms.formset_factory(NuevaFotoForm, extra=FOTOS_A_LA_VEZ, absolute_max=FOTOS, max_num=FOTOS)


class ParteForm(forms.ModelForm):
    class Meta:
        model = ParteDeInforme
        fields = ["texto"]
        widgets = {"texto": parrafo(12)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["texto"].required = True
