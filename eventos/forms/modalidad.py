"""Elegir, en una híbrida, si se va en persona o por internet (R58)."""

from django import forms

from eventos.models import Capacitacion, Inscripcion

OPCIONES = [
    (Inscripcion.Modalidad.PRESENCIAL, "En persona"),
    (Inscripcion.Modalidad.VIRTUAL, "Por internet"),
]


def preguntar_modalidad(form: forms.Form, capacitacion: Capacitacion, *, rotulo: str, inicial: str = "") -> None:
    """Pregunta cómo asistirá en el campo ``modalidad`` de ``form``; si no es híbrida, quita la pregunta."""
    if not capacitacion.es_hibrida:
        form.fields.pop("modalidad", None)
        return
    form.fields["modalidad"] = forms.ChoiceField(
        label=rotulo,
        choices=OPCIONES,
        widget=forms.RadioSelect,
        initial=inicial or None,
        error_messages={"required": "Elija si irá en persona o por internet."},
    )
