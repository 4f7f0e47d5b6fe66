import datetime as dt
import re

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError

from comun.hojas import Fila
from comun.tablas import leer_plantilla
from directorio.models import Indicador, TemaDeInteres, ValorDeIndicador

_periodo = re.compile(r"(19|20)\d{2}(-(0[1-9]|1[0-2]))?")
COLUMNAS = ("Código SIAF", "Ubigeo", "Indicador", "Periodo", "Valor", "Fuente", "Fecha")
OBLIGATORIAS = ("Indicador", "Periodo", "Valor", "Fuente")
MAXIMO = 5_000
SAL, VIGENCIA = "directorio.indicadores", dt.timedelta(hours=12)
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
    """Se llena dos veces: con el archivo, para revisarlo, y con lo que se leyó de él, para guardarlo."""

    archivo = forms.FileField(
        label="Archivo de Excel (.xlsx) o CSV",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"empty": "El archivo está vacío."},
    )
    leido = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self):
        """Deja las filas en ``filas``."""
        datos = super().clean()
        if self.errors:
            return datos
        try:
            self.filas = _abrir(datos["leido"]) if datos.get("leido") else _leer(datos.get("archivo"))
        except ValidationError as error:
            self.add_error("archivo", error)
        return datos

    def sellado(self) -> str:
        """Lo leído, firmado: se guarda lo que se revisó y no otra cosa."""
        filas = [(fila.numero, {n: _plano(v) for n, v in fila.valores.items()}, fila.errores) for fila in self.filas]
        return signing.dumps(filas, salt=SAL, compress=True)


def _leer(archivo) -> list[Fila]:
    if not archivo:
        raise ValidationError("Elija el archivo.")
    columnas = {"columnas": COLUMNAS, "obligatorias": OBLIGATORIAS, "maximo": MAXIMO}
    return leer_plantilla(archivo.read(), archivo.name, **columnas)


def _abrir(sellado: str) -> list[Fila]:
    try:
        return [Fila(*fila) for fila in signing.loads(sellado, salt=SAL, max_age=VIGENCIA)]
    except signing.BadSignature as error:
        raise ValidationError("Pasó mucho tiempo desde que se revisó: suba el archivo otra vez.") from error


def _plano(valor):
    """Como va en JSON; una fecha de Excel, como día."""
    if isinstance(valor, dt.date):
        return f"{valor:%Y-%m-%d}"
    return valor if valor is None or isinstance(valor, str | int | float) else str(valor)
