"""Inscribir a alguien en la puerta: los datos del registro de participantes (Anexo 6), en segundos."""

from django import forms
from django.utils import timezone

from comun.texto import normalizar
from comun.validadores import validar_sin_control, validar_telefono
from directorio.models import Entidad
from eventos.busqueda import buscar_entidades
from eventos.forms.modalidad import preguntar_modalidad
from eventos.forms.persona import PersonaForm


class PuertaForm(PersonaForm):
    """La entidad se escribe: si el directorio tiene una así, queda vinculada; si no, se vincula después."""

    entidad_texto = forms.CharField(label="Entidad", max_length=200, required=False, validators=[validar_sin_control])
    cargo = forms.CharField(label="Cargo", required=False, max_length=120, validators=[validar_sin_control])
    correo = forms.EmailField(label="Correo", required=False)
    telefono = forms.CharField(label="Teléfono", max_length=20, validators=[validar_telefono])
    firmo = forms.BooleanField(label="Ya firmó el registro de esta sesión", required=False, initial=True)

    def __init__(self, *args, capacitacion, sesion, **kwargs):
        super().__init__(*args, **kwargs)
        self.capacitacion = capacitacion
        if sesion is None or sesion.fecha > timezone.localdate():
            del self.fields["firmo"]
        preguntar_modalidad(self, capacitacion, rotulo="Cómo asiste", inicial="presencial")
        self.fields["numero_documento"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        self.fields["entidad_texto"].widget.attrs.update(list="entidades", autocomplete="off")
        self.fields["telefono"].widget.attrs["inputmode"] = "tel"
        if capacitacion.abierta_a_ciudadania:
            self.fields["entidad_texto"].help_text = "Vacío: ciudadano."

    def clean_entidad_texto(self):
        texto = " ".join(self.cleaned_data["entidad_texto"].split())
        if not texto and not self.capacitacion.abierta_a_ciudadania:
            raise forms.ValidationError("Escriba la entidad donde trabaja.")
        return texto

    @property
    def datos(self) -> dict:
        """Lo que ``actions.inscripcion.inscribir`` pide."""
        datos = {campo: valor for campo, valor in self.cleaned_data.items() if campo != "firmo"}
        datos["es_ciudadano"] = not datos["entidad_texto"]
        datos["entidad"] = entidad_escrita(datos["entidad_texto"])
        if datos["entidad"]:
            datos["entidad_texto"] = ""
        return datos


def entidad_escrita(texto: str) -> Entidad | None:
    """La única entidad que se llama como ``texto``, con o sin su lugar: «nombre (distrito, provincia)»."""
    buscado = normalizar(texto)
    halladas = [
        fila["id"]
        for fila in buscar_entidades(texto)
        if buscado in {normalizar(fila["nombre"]), normalizar(f"{fila['nombre']} ({fila['distrito']})")}
    ]
    return Entidad.objects.get(pk=halladas[0]) if len(halladas) == 1 else None
