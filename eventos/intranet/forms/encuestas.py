"""La rejilla de encuestas de papel (Anexo 7): una fila por hoja, una columna por pregunta."""

from django import forms

from eventos.actions.encuesta import Hoja

FILAS = 10
TOPE = 60
NOTAS = {"1", "2", "3", "4"}


class Nota(forms.CharField):
    """De 1 a 4, o en blanco si no se contestó."""

    def __init__(self, rotulo):
        atributos = {"inputmode": "numeric", "pattern": "[1-4]", "maxlength": 1, "autocomplete": "off", "data-nota": ""}
        super().__init__(label=rotulo, required=False, widget=forms.TextInput(attrs=atributos))

    def validate(self, valor):
        super().validate(valor)
        if valor and valor not in NOTAS:
            raise forms.ValidationError("De 1 a 4.")


class HojaForm(forms.Form):
    def __init__(self, *args, grupos, **kwargs):
        super().__init__(*args, **kwargs)
        self.columnas = [columna for _, columnas in grupos for columna in columnas]
        for grupo, columnas in grupos:
            for columna in columnas:
                self.fields[columna.nombre] = Nota(f"{grupo}: {columna.item.label}")
        for nombre, rotulo in (("otros_temas", "Otros temas"), ("recomendaciones", "Recomendaciones")):
            comentario = forms.Textarea(attrs={"rows": 1, "maxlength": 1000})
            self.fields[nombre] = forms.CharField(label=rotulo, required=False, max_length=1000, widget=comentario)
        for nombre, campo in self.fields.items():
            campo.widget.attrs["aria-label"] = f"Hoja {self.numero}, {campo.label}"
            if self.is_bound and nombre in self.errors:
                campo.widget.attrs["aria-invalid"] = "true"

    @property
    def numero(self):
        """El número de la hoja en la pantalla, desde 1; «nueva» en la fila modelo."""
        posicion = self.prefix.rpartition("-")[2]
        return int(posicion) + 1 if posicion.isdecimal() else "nueva"

    @property
    def hoja(self) -> Hoja:
        datos = self.cleaned_data
        notas = {(c.item.value, c.expositor): int(datos[c.nombre]) for c in self.columnas if datos.get(c.nombre)}
        return Hoja(notas, datos.get("otros_temas", ""), datos.get("recomendaciones", ""))


HojasFormSet = forms.formset_factory(HojaForm, extra=FILAS, max_num=TOPE, absolute_max=TOPE, validate_max=True)


class LoteForm(forms.Form):
    """El número al azar del envío: pulsar dos veces «Guardar» no cuenta dos veces las hojas."""

    lote = forms.UUIDField(widget=forms.HiddenInput)
