"""La encuesta en línea (Anexo 7): una sección por grupo de preguntas, y una por cada expositor."""

from django import forms

from eventos.actions.encuesta import Hoja
from eventos.cuestionario import columnas_de, titulos_de
from eventos.models.encuesta import ESCALA

OPCIONES = [(str(valor), texto) for valor, texto in ESCALA.items()]
TEXTOS = {
    "otros_temas": "¿Qué otros temas se deberían dictar?",
    "recomendaciones": "¿Qué recomendaría para mejorar el curso?",
}


class Nota(forms.ChoiceField):
    """De 1 a 4, o nada: ninguna pregunta obliga."""

    def __init__(self, rotulo):
        super().__init__(label=rotulo, choices=OPCIONES, required=False, widget=forms.RadioSelect)


class EncuestaForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, capacitacion, **kwargs):
        super().__init__(*args, **kwargs)
        expositores = list(capacitacion.expositores.all())
        self.titulos, self.grupos = titulos_de(expositores), columnas_de(expositores)
        for _, columnas in self.grupos:
            for columna in columnas:
                self.fields[columna.nombre] = Nota(columna.item.label)
        for nombre, rotulo in TEXTOS.items():
            parrafo = forms.Textarea(attrs={"rows": 3, "maxlength": 1000})
            self.fields[nombre] = forms.CharField(label=rotulo, required=False, max_length=1000, widget=parrafo)

    @property
    def secciones(self):
        """Pares (título, campos ligados), en el orden del Anexo 7."""
        campos = [[self[columna.nombre] for columna in columnas] for _, columnas in self.grupos]
        return list(zip(self.titulos, campos, strict=True))

    @property
    def textos(self):
        return [self[nombre] for nombre in TEXTOS]

    @property
    def hoja(self) -> Hoja:
        datos = self.cleaned_data
        columnas = [columna for _, columnas in self.grupos for columna in columnas]
        notas = {(c.item.value, c.expositor): int(datos[c.nombre]) for c in columnas if datos.get(c.nombre)}
        return Hoja(notas, *(datos.get(nombre, "") for nombre in TEXTOS))
