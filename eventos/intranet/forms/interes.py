"""Inscribir a quien avisó por teléfono o por correo (R82)."""

from django import forms

from eventos.actions.interes import CANALES
from eventos.models import Inscripcion, Invitacion

from .asistencia import PuertaForm

MEDIOS = [(canal.value, canal.label.removeprefix("Avisó ").capitalize()) for canal in CANALES]


class InteresForm(PuertaForm):
    """Los datos del registro de participantes, y cómo avisó."""

    canal = forms.ChoiceField(
        label="Cómo avisó", choices=MEDIOS, widget=forms.RadioSelect, initial=Inscripcion.Canal.TELEFONO
    )
    field_order = ["canal"]

    def __init__(self, *args, capacitacion, **kwargs):
        super().__init__(*args, capacitacion=capacitacion, sesion=None, **kwargs)

    @property
    def datos(self) -> dict:
        return {campo: valor for campo, valor in super().datos.items() if campo != "canal"}


def de_la_invitacion(invitacion: Invitacion) -> dict:
    """Lo que el directorio ya sabe de quien se invitó, para no volver a escribirlo; nada sale de una ``Persona``."""
    operador = invitacion.operador
    nombres, apellidos = (operador.nombres, operador.apellidos) if operador else (invitacion.nombre, "")
    return {
        "nombres": nombres,
        "apellidos": apellidos,
        "entidad_texto": invitacion.entidad.nombre,
        "cargo": invitacion.cargo,
        "correo": invitacion.correo,
        "telefono": invitacion.telefono,
    }
