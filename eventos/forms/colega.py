"""Las filas de colegas de una inscripción: se numeran del 1 al 9 y llegan como «colega3-nombres»."""

import re

from django import forms

from comun.validadores import validar_sin_control, validar_telefono
from eventos.actions.grupo import MAXIMO

from .modalidad import preguntar_modalidad
from .persona import PersonaForm

LUGARES = range(1, MAXIMO)  # la primera persona no es colega de nadie
_CAMPO = re.compile(r"colega([1-9])-\w+")
SIN_VALIDAR = ("buscar", "agregar", "quitar")


class ColegaForm(PersonaForm):
    """Alguien más de la misma entidad. En blanco no cuenta; sin correo o teléfono propios, valen los compartidos."""

    cargo = forms.CharField(label="Cargo", required=False, max_length=120, validators=[validar_sin_control])
    correo = forms.EmailField(label="Su correo", required=False)
    telefono = forms.CharField(label="Su teléfono", required=False, max_length=20, validators=[validar_telefono])

    def __init__(self, *args, numero, capacitacion, **kwargs):
        super().__init__(*args, prefix=f"colega{numero}", empty_permitted=True, use_required_attribute=False, **kwargs)
        self.numero = numero
        self.rotulo = f"Colega {numero}"
        preguntar_modalidad(self, capacitacion, rotulo="¿Cómo asistirá?")
        for campo in self.fields.values():
            campo.widget.attrs["autocomplete"] = "off"


def numeros_en(datos) -> list[int]:
    """Los lugares de las filas que trae lo enviado."""
    return sorted({int(hallado[1]) for nombre in datos if (hallado := _CAMPO.fullmatch(nombre))})


def inicial_de(datos, numero) -> dict:
    """Lo escrito en la fila ``numero``, sin su prefijo."""
    prefijo = f"colega{numero}-"
    return {nombre.removeprefix(prefijo): valor for nombre, valor in datos.items() if nombre.startswith(prefijo)}


def por_pintar(enviado) -> dict:
    """Lo escrito, con la fila que se pide agregar o sin la que se pide quitar: se vuelve a pintar sin validar."""
    datos = enviado.dict()
    if "agregar" in datos and (libre := primer_libre(numeros_en(datos))):
        datos[f"colega{libre}-nombres"] = ""
    quitar = datos.get("quitar")
    return {nombre: valor for nombre, valor in datos.items() if not nombre.startswith(f"colega{quitar}-")}


def primer_libre(numeros) -> int | None:
    return next((lugar for lugar in LUGARES if lugar not in numeros), None)
