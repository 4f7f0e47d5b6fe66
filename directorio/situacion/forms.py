import re

from django import forms
from django.core.exceptions import ValidationError

from directorio.models import Indicador, TemaDeInteres, ValorDeIndicador

_periodo = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2]))?")
MAL_PERIODO = "Escriba un año (2026) o un mes (2026-06)."


def validar_periodo(periodo: str) -> str:
    """El periodo sin espacios, o ``ValidationError``."""
    periodo = periodo.strip()
    if not _periodo.fullmatch(periodo):
        raise ValidationError(MAL_PERIODO)
    return periodo


class ValorForm(forms.ModelForm):
    class Meta:
        model = ValorDeIndicador
        fields = ("indicador", "periodo", "valor", "fuente", "fecha")
        widgets = {"fecha": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indicador"].queryset = Indicador.objects.filter(esta_activo=True)
        self.fields["valor"].localize = False

    def clean_periodo(self):
        return validar_periodo(self.cleaned_data["periodo"])


class TemaForm(forms.ModelForm):
    class Meta:
        model = TemaDeInteres
        fields = ("sistema", "texto")


class AtenderForm(forms.Form):
    como = forms.CharField(label="Cómo se atendió", max_length=200)


class ImportarForm(forms.Form):
    archivo = forms.FileField(
        label="Libro de Excel (.xlsx)",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Elija el archivo.", "empty": "El archivo está vacío."},
    )
