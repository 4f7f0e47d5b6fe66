"""Lo que se pregunta cuando alguien o algo del directorio cambia: desde cuándo y a qué."""

import datetime as dt

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone

from comun.alcance import permisos_sobre
from comun.modeladmin import estrechar
from comun.validadores import validar_sin_control
from directorio.choosers import selector_de_entidad
from directorio.models import Operador
from organizacion.models import Centro, Provincia

# Fuera de aquí es un error al escribir el año.
PRIMERA, ULTIMA = dt.date(1950, 1, 1), dt.date(2100, 12, 31)
ANIO_MAL_ESCRITO = "Revise el año."
FECHA_POSIBLE = (MinValueValidator(PRIMERA, ANIO_MAL_ESCRITO), MaxValueValidator(ULTIMA, ANIO_MAL_ESCRITO))


def campo_de_fecha(rotulo: str, ayuda: str = "", **mas) -> forms.DateField:
    control = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    datos = {"label": rotulo, "help_text": ayuda, "widget": control, "validators": FECHA_POSIBLE}
    return forms.DateField(**datos | {"initial": timezone.localdate} | mas)


class TrasladoForm(forms.ModelForm):
    """A dónde pasó un operador; solo entidades del ámbito de quien lo anota."""

    desde = campo_de_fecha("Desde")

    class Meta:
        model = Operador
        fields = ["entidad", "cargo", "sistemas"]
        widgets = {"entidad": selector_de_entidad.widget_class, "sistemas": forms.CheckboxSelectMultiple}

    def __init__(self, *args, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cargo"].validators.append(validar_sin_control)
        estrechar(self, usuario, permisos_sobre(Operador, ("change",)))


class CeseForm(forms.Form):
    hasta = campo_de_fecha("Último día que trabajó ahí")


class FinDePeriodoForm(forms.Form):
    hasta = campo_de_fecha("Último día de su periodo", "Por ejemplo, 31 de diciembre si otras empiezan el 1 de enero.")


class NombreDeEntidadForm(forms.Form):
    nombre = forms.CharField(
        label="Nombre nuevo",
        max_length=200,
        validators=[validar_sin_control],
        help_text="Si solo corrige cómo está escrito, hágalo en «Editar».",
    )
    desde = campo_de_fecha("Desde")


class NombreDeCentroForm(forms.ModelForm):
    desde = campo_de_fecha("Desde")

    class Meta:
        model = Centro
        fields = ["nombre", "slug"]
        labels = {"nombre": "Nombre nuevo", "slug": "Identificador nuevo"}
        help_texts = {
            "nombre": "La ciudad; por ejemplo, Cusco.",
            "slug": "Va en la dirección web, en minúsculas y con guiones; por ejemplo, «madre-de-dios».",
        }

    def clean_nombre(self):
        nombre = " ".join(self.cleaned_data["nombre"].split())
        validar_sin_control(nombre)
        return nombre


class TraspasoForm(forms.Form):
    """De qué provincia se trata, qué centro la atenderá y desde cuándo."""

    provincia = forms.ModelChoiceField(Provincia.objects.none(), label="Provincia", empty_label="Elija")
    centro = forms.ModelChoiceField(Centro.objects.none(), label="Pasa a", empty_label="Elija")
    desde = campo_de_fecha("Desde", "Si es un día que aún no llega, sus entidades pasan ese día.")

    def __init__(self, *args, centro: Centro, **kwargs):
        super().__init__(*args, **kwargs)
        suyas = Provincia.objects.filter(jurisdicciones__centro=centro, jurisdicciones__hasta__isnull=True)
        self.fields["provincia"].queryset = suyas.select_related("departamento").distinct()
        self.fields["provincia"].label_from_instance = lambda p: f"{p.nombre} ({p.departamento})"
        self.fields["centro"].queryset = Centro.objects.exclude(pk=centro.pk)
