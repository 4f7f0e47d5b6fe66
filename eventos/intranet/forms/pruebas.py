"""Definir una prueba por filas (R89) y digitar las notas de papel."""

from django import forms

from comun.validadores import validar_sin_control
from eventos.actions.nota import NotaEscrita
from eventos.actions.prueba import PreguntaEscrita
from eventos.models import NotaDePrueba, Prueba

from .campos import parrafo

LETRAS = "ABCDE"
Momento = NotaDePrueba.Momento


class InstruccionesForm(forms.Form):
    instrucciones = forms.CharField(
        label="Instrucciones",
        required=False,
        max_length=2000,
        widget=parrafo(),
        validators=[validar_sin_control],
        help_text="Por ejemplo: «Marque una sola alternativa. Tiene 15 minutos.»",
    )


class PreguntaForm(forms.Form):
    """Una pregunta con hasta cinco alternativas y cuál es la correcta; toda en blanco, no cuenta."""

    texto = forms.CharField(
        label="Pregunta", required=False, max_length=1000, widget=parrafo(3), validators=[validar_sin_control]
    )
    puntaje = forms.IntegerField(label="Puntaje", required=False, min_value=1, max_value=100, initial=1)
    correcta = forms.ChoiceField(
        label="Correcta", required=False, choices=list(enumerate(LETRAS)), widget=forms.RadioSelect
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for posicion, letra in enumerate(LETRAS):
            self.fields[f"alternativa_{posicion}"] = forms.CharField(
                label=f"Alternativa {letra}", required=False, max_length=300, validators=[validar_sin_control]
            )

    @property
    def numero(self):
        """El número de la pregunta en la pantalla, desde 1; «nueva» en la fila modelo."""
        posicion = self.prefix.rpartition("-")[2]
        return int(posicion) + 1 if posicion.isdecimal() else "nueva"

    @property
    def alternativas(self) -> list[tuple]:
        """Pares (casilla de «correcta», texto), de la A a la E."""
        textos = [self[f"alternativa_{posicion}"] for posicion in range(len(LETRAS))]
        return list(zip(self["correcta"], textos, strict=True))

    def clean(self):
        datos = super().clean()
        if self.esta_en_blanco or datos.get("DELETE"):
            return datos
        escritas = [posicion for posicion in range(len(LETRAS)) if datos.get(f"alternativa_{posicion}")]
        if not datos.get("texto") and "texto" not in self.errors:
            self.add_error("texto", "Escriba la pregunta.")
        if len(escritas) < 2:
            self.add_error("alternativa_0", "Escriba al menos dos alternativas.")
        elif datos.get("correcta", "") == "":
            self.add_error("correcta", "Marque cuál es la correcta.")
        elif int(datos["correcta"]) not in escritas:
            self.add_error("correcta", "La que marcó como correcta está en blanco.")
        return datos

    @property
    def esta_en_blanco(self) -> bool:
        nombres = ["texto", *(f"alternativa_{posicion}" for posicion in range(len(LETRAS)))]
        return not any(self.cleaned_data.get(nombre) for nombre in nombres) and not self.errors

    @property
    def pregunta(self) -> PreguntaEscrita | None:
        """Lo escrito, sin las alternativas en blanco; ``None`` si no cuenta."""
        datos = self.cleaned_data
        if self.esta_en_blanco or datos.get("DELETE"):
            return None
        escritas = [n for n in range(len(LETRAS)) if datos[f"alternativa_{n}"]]
        textos = [datos[f"alternativa_{n}"] for n in escritas]
        return PreguntaEscrita(datos["texto"], datos["puntaje"] or 1, textos, escritas.index(int(datos["correcta"])))


class PreguntasBase(forms.BaseFormSet):
    @property
    def escritas(self) -> list[PreguntaEscrita]:
        return [form.pregunta for form in self.forms if form.pregunta]


def preguntas_de(prueba: Prueba, datos=None):
    """El juego de filas de ``prueba``; con preguntas deja una fila en blanco y sin ellas, cinco."""
    iniciales = [_inicial(pregunta) for pregunta in prueba.preguntas.prefetch_related("alternativas")]
    clase = forms.formset_factory(
        PreguntaForm,
        formset=PreguntasBase,
        extra=1 if iniciales else 5,
        can_delete=True,
        max_num=40,
        absolute_max=40,
        validate_max=True,
    )
    return clase(datos, prefix="preguntas", initial=iniciales)


def _inicial(pregunta) -> dict:
    alternativas = list(pregunta.alternativas.all())
    textos = {f"alternativa_{n}": alternativa.texto for n, alternativa in enumerate(alternativas)}
    correcta = next((n for n, alternativa in enumerate(alternativas) if alternativa.es_correcta), "")
    return {"texto": pregunta.texto, "puntaje": pregunta.puntaje, "correcta": correcta} | textos


class CopiarForm(forms.Form):
    """Las pruebas del mismo sistema que quien define alcanza."""

    origen = forms.ModelChoiceField(Prueba.objects.none(), label="Copiar las preguntas de", empty_label="Elija")

    def __init__(self, *args, prueba, usuario, **kwargs):
        super().__init__(*args, **kwargs)
        otras = Prueba.objects.para(usuario).definidas().filter(sistema=prueba.sistema_id).exclude(pk=prueba.pk)
        self.fields["origen"].queryset = otras.select_related("capacitacion", "sistema").order_by("-definida_en")
        self.fields["origen"].label_from_instance = _rotulo

    @property
    def hay_de_donde(self) -> bool:
        return self.fields["origen"].queryset.exists()


def _rotulo(prueba):
    fecha = prueba.capacitacion.fecha_inicio
    return f"{prueba.capacitacion}{f', {fecha:%d/%m/%Y}' if fecha else ''}"


class NotasForm(forms.Form):
    """La entrada y la salida de una persona. Cada casilla recuerda qué mostraba: solo se toca lo que se cambió."""

    def __init__(self, *args, inscripcion, notas, maximo, **kwargs):
        self.inscripcion, self.de_la_persona = inscripcion, {}
        iniciales = {momento: nota.puntaje for momento, nota in notas.items()}
        super().__init__(*args, initial=iniciales, **kwargs)
        for momento in Momento:
            nota = notas.get(momento.value)
            if nota and nota.registrada_por_id is None:
                self.de_la_persona[momento.value] = nota
                continue
            self.fields[momento.value] = forms.IntegerField(
                label=momento.label,
                required=False,
                min_value=0,
                max_value=maximo,
                show_hidden_initial=True,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"De 0 a {maximo}."),
                widget=forms.TextInput(
                    attrs={
                        "inputmode": "numeric",
                        "autocomplete": "off",
                        "maxlength": 4,
                        "data-nota": momento.value,
                        "aria-label": f"{momento.label} de {inscripcion}",
                    }
                ),
            )

    @property
    def celdas(self) -> list:
        """Por momento: su casilla, o la nota que la persona se ganó por su enlace."""
        return [self.de_la_persona.get(momento.value) or self[momento.value] for momento in Momento]

    @property
    def cambiadas(self) -> list[NotaEscrita]:
        return [NotaEscrita(self.inscripcion.pk, m, self.cleaned_data[m]) for m in self.changed_data]


def notas_de(prueba: Prueba, datos=None) -> list[NotasForm]:
    """Una fila por persona con cupo o que ya tiene nota, por apellido."""
    notas: dict[int, dict[str, NotaDePrueba]] = {}
    for nota in prueba.notas.all():
        notas.setdefault(nota.inscripcion_id, {})[nota.momento] = nota
    inscritas = prueba.capacitacion.inscripciones
    filas = (inscritas.confirmadas() | inscritas.filter(pk__in=notas)).select_related("persona", "entidad")
    maximo = prueba.puntaje_maximo
    return [
        NotasForm(datos, prefix=f"n{fila.pk}", inscripcion=fila, notas=notas.get(fila.pk, {}), maximo=maximo)
        for fila in filas.order_by("texto_busqueda", "pk")
    ]
