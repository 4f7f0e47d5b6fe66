"""Contestar una prueba de entrada o de salida desde el enlace de la inscripción (R89)."""

from django import forms

from eventos.models import Prueba


class RespuestasForm(forms.Form):
    """Una pregunta por campo. Lo que quede en blanco vale cero, pero antes se pregunta si fue a propósito."""

    def __init__(self, *args, prueba: Prueba, **kwargs):
        super().__init__(*args, **kwargs)
        self.preguntas = list(prueba.preguntas.prefetch_related("alternativas"))
        self.en_blanco = 0
        for numero, pregunta in enumerate(self.preguntas, start=1):
            opciones = [(str(a.pk), a.texto) for a in pregunta.alternativas.all()]
            self.fields[f"p{pregunta.pk}"] = forms.ChoiceField(
                label=f"{numero}. {pregunta.texto}",
                choices=opciones,
                widget=forms.RadioSelect,
                required=False,
                error_messages={"invalid_choice": "Esta pregunta cambió: contéstela de nuevo."},
            )

    def clean(self):
        datos = super().clean()
        self.en_blanco = sum(not datos.get(nombre) for nombre in self.fields)
        if self.en_blanco and "asi" not in self.data and not self.errors:
            falta = "Dejó una pregunta" if self.en_blanco == 1 else f"Dejó {self.en_blanco} preguntas"
            raise forms.ValidationError(f"{falta} sin contestar. Complete, o envíe así: en blanco vale cero.")
        return datos

    @property
    def campos(self) -> list:
        """Pares (campo, cuánto vale)."""
        return [(self[f"p{pregunta.pk}"], pregunta.puntaje) for pregunta in self.preguntas]

    @property
    def respuestas(self) -> dict[int, int]:
        """La llave de la alternativa elegida, por la de su pregunta."""
        return {p.pk: int(self.cleaned_data[f"p{p.pk}"]) for p in self.preguntas if self.cleaned_data.get(f"p{p.pk}")}
