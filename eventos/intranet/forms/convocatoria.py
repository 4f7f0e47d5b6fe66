"""A quiénes se convoca y, si es tarde, por qué."""

from django import forms

from comun.validadores import validar_sin_control
from directorio.models import Entidad
from eventos.convocados import Criterio
from organizacion.models import Provincia, Sistema

# Más provincias que estas no se leen como casillas: van en una lista.
EN_CASILLAS = 25


class OperadoresForm(forms.Form):
    """Se llena por la dirección: elegir a quién convocar no cambia nada. Lo vacío no limita."""

    sistemas = forms.ModelMultipleChoiceField(
        Sistema.objects.all(), label="Sistemas que operan", required=False, widget=forms.CheckboxSelectMultiple
    )
    cargo = forms.CharField(
        label="Cargo", required=False, max_length=60, help_text="Parte del cargo: «tesor» halla tesoreros y tesorería."
    )
    tipos = forms.MultipleChoiceField(
        label="Tipo de entidad", choices=Entidad.Tipo, required=False, widget=forms.CheckboxSelectMultiple
    )
    provincias = forms.ModelMultipleChoiceField(
        Provincia.objects.none(), label="Provincias", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, operadores, **kwargs):
        super().__init__(*args, **kwargs)
        llaves = operadores.order_by().values("entidad__distrito__provincia")
        provincias = Provincia.objects.filter(pk__in=llaves)
        campo = self.fields["provincias"]
        campo.queryset = provincias
        if provincias.count() > EN_CASILLAS:
            campo.widget = forms.SelectMultiple(attrs={"size": 8})
            campo.widget.choices = campo.choices

    @property
    def criterio(self) -> Criterio:
        """Lo elegido; al abrir la página, lo que viene puesto."""
        datos = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        return Criterio(
            sistemas=[sistema.pk for sistema in datos.get("sistemas", ())],
            cargo=datos.get("cargo", ""),
            tipos=list(datos.get("tipos", ())),
            provincias=[provincia.pk for provincia in datos.get("provincias", ())],
        )


class EnviarForm(forms.Form):
    """``cuantos``: los que la persona vio al revisar; si la lista cambió entre tanto, se le vuelve a mostrar."""

    cuantos = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    motivo_tardia = forms.CharField(
        label="Por qué se invita con menos días",
        max_length=200,
        validators=[validar_sin_control],
        help_text="Queda registrado con la convocatoria.",
    )

    def __init__(self, *args, tardia: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not tardia:
            del self.fields["motivo_tardia"]
