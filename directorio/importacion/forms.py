from django import forms

from comun.exportar import FORMATOS
from comun.motivo import MotivoForm
from organizacion.models import Centro

from .campos import CAMPOS, JUNTOS, SEPARADOS, columnas_de
from .permisos import donde_importa


class SubirForm(forms.Form):
    """Pregunta de qué centro es solo a quien lleva el registro en varios."""

    tipo = forms.ChoiceField(label="Qué trae")
    centro = forms.ModelChoiceField(
        label="De qué centro es",
        queryset=Centro.objects.none(),
        help_text="Solo agrega y cambia filas de ese centro, y solo quienes trabajan en él la ven.",
        error_messages={"required": "Elija de qué centro es."},
    )
    archivo = forms.FileField(
        label="Archivo de Excel (.xlsx) o CSV",
        max_length=200,
        help_text="Hasta 50,000 filas y 10 MB. Todavía no se guarda nada en el directorio.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "Elija el archivo.", "empty": "El archivo está vacío."},
    )

    def __init__(self, *args, tipos, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tipo"].choices = tipos
        self.donde = {tipo: donde_importa(usuario, tipo) for tipo, _ in tipos}
        varios = [donde.centros for donde in self.donde.values() if not donde.nacional and len(donde.centros) > 1]
        if varios:
            self.fields["centro"].queryset = Centro.objects.filter(pk__in=frozenset().union(*varios))
        else:
            del self.fields["centro"]

    def clean_centro(self):
        centro, donde = self.cleaned_data["centro"], self.donde.get(self.cleaned_data.get("tipo"))
        if donde and not donde.nacional and centro.pk not in donde.centros:
            raise forms.ValidationError("En ese centro usted no lleva ese registro: elija otro.")
        return centro


class ColumnasForm(forms.Form):
    """A qué campo va cada columna del archivo."""

    borra_vacias = forms.BooleanField(
        label="Una celda vacía borra el dato que hoy está en el directorio",
        required=False,
    )

    def __init__(self, *args, importacion, **kwargs):
        super().__init__(*args, **kwargs)
        campos = [(campo.nombre, campo.rotulo) for campo in columnas_de(importacion.tipo)]
        self.de_encabezado = {}
        for numero, encabezado in enumerate(importacion.encabezados):
            nombre = f"columna-{numero}"
            inicial = importacion.mapeo.get(encabezado, "")
            self.fields[nombre] = forms.ChoiceField(
                label=f"Columna «{encabezado}»", required=False, initial=inicial, choices=[("", "No importar"), *campos]
            )
            self.de_encabezado[nombre] = encabezado
        self.fields["borra_vacias"].initial = importacion.borra_vacias

    def columnas(self):
        return [self[nombre] for nombre in self.de_encabezado]

    @property
    def mapeo(self) -> dict[str, str]:
        elegidos = ((e, self.cleaned_data.get(nombre)) for nombre, e in self.de_encabezado.items())
        return {encabezado: campo for encabezado, campo in elegidos if campo}

    def clean(self):
        datos = super().clean()
        elegidos = [datos[nombre] for nombre in self.de_encabezado if datos.get(nombre)]
        if not elegidos:
            raise forms.ValidationError("Elija al menos una columna.")
        if repetidos := {campo for campo in elegidos if elegidos.count(campo) > 1}:
            rotulos = dict(self.fields["columna-0"].choices)
            raise forms.ValidationError(f"Dos columnas van al mismo dato: {', '.join(rotulos[c] for c in repetidos)}.")
        juntos = JUNTOS & set(elegidos)
        if len(juntos) > 1 or (juntos and SEPARADOS & set(elegidos)):
            raise forms.ValidationError("Los apellidos y nombres vienen en dos columnas: elija juntos o por separado.")
        return datos


class ExportarForm(MotivoForm):
    columnas = forms.MultipleChoiceField(
        label="Columnas",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Elija al menos una columna."},
    )
    formato = forms.ChoiceField(label="Formato", choices=[(f, {"xlsx": "Excel", "csv": "CSV"}[f]) for f in FORMATOS])

    field_order = ("columnas", "formato", "motivo")

    def __init__(self, *args, tipo, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["columnas"].choices = [(campo.nombre, campo.rotulo) for campo in CAMPOS[tipo]]
        self.fields["columnas"].initial = [campo.nombre for campo in CAMPOS[tipo]]
