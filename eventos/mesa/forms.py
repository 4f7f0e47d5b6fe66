"""Leer lo que una mesa manda; lo que trae mal cada operación se dice, y lo que no es una operación no se acepta."""

import base64
import binascii
import datetime as dt
import json
import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comun.subidas import TOPE_DE_TRAZO, leer_trazo
from comun.validadores import validar_sin_control
from eventos.actions.operaciones_de_mesa import AGREGAR, HACER, Operacion
from eventos.intranet.forms.asistencia import PuertaForm

POR_LOTE = 50
LLAVE_MAXIMA = 2**63 - 1


class AbrirForm(forms.Form):
    """El código de apertura, como se dicta: con o sin guiones, en mayúsculas o no."""

    codigo = forms.CharField(label="Código de la mesa", max_length=40, validators=[validar_sin_control])

    def clean_codigo(self):
        codigo = "".join(c for c in self.cleaned_data["codigo"].upper() if c.isalnum() and c.isascii())
        if not codigo:
            raise ValidationError("Escriba el código: doce letras y números.")
        return codigo


class OperacionForm(forms.Form):
    numero = forms.UUIDField()
    tipo = forms.ChoiceField(choices=[(tipo, tipo) for tipo in HACER])
    ocurrida = forms.DateTimeField()
    sesion = forms.IntegerField(required=False, min_value=1, max_value=LLAVE_MAXIMA)
    inscripcion = forms.CharField(required=False, max_length=40)

    def clean_inscripcion(self):
        llave = self.cleaned_data["inscripcion"]
        if not llave:
            return None
        if llave.isascii() and llave.isdecimal() and int(llave) <= LLAVE_MAXIMA:
            return int(llave)
        try:
            return uuid.UUID(llave)
        except ValueError as error:
            raise ValidationError("No es una inscripción.") from error


def leer_lote(cuerpo: bytes, capacitacion) -> list[Operacion]:
    """Las operaciones del JSON ``{reloj, operaciones}``, con su hora corregida. Levanta ``ValidationError``.

    El reloj del aparato puede estar mal: vale cuánto hace que ocurrió cada cosa, no qué hora marcaba.
    """
    try:
        lote = json.loads(cuerpo)
        filas, reloj = lote["operaciones"], forms.DateTimeField().clean(str(lote["reloj"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError("El lote no se entiende.") from error
    if not isinstance(filas, list) or len(filas) > POR_LOTE or not all(isinstance(f, dict) for f in filas):
        raise ValidationError(f"Un lote lleva hasta {POR_LOTE} operaciones.")
    return [_operacion(fila, reloj, capacitacion) for fila in filas]


def _operacion(fila: dict, reloj: dt.datetime, capacitacion) -> Operacion:
    form = OperacionForm({campo: "" if valor is None else str(valor) for campo, valor in fila.items()})
    if not form.is_valid():
        raise ValidationError(f"Una operación no se entiende: {', '.join(form.errors)}.")
    limpio = form.cleaned_data
    ahora = timezone.now()
    datos, rechazo = _datos(fila.get("datos"), capacitacion) if limpio["tipo"] == AGREGAR else ({}, "")
    trazo, mal_trazo = _trazo(fila.get("trazo"))
    return Operacion(
        numero=limpio["numero"],
        tipo=limpio["tipo"],
        ocurrida_en=min(ahora, ahora - (reloj - limpio["ocurrida"])),
        sesion=limpio["sesion"],
        inscripcion=limpio["inscripcion"],
        datos=datos,
        trazo=trazo,
        rechazo=rechazo or mal_trazo,
    )


def _datos(escrito, capacitacion) -> tuple[dict, str]:
    """Los de quien llegó, o por qué no valen."""
    form = PuertaForm(escrito if isinstance(escrito, dict) else {}, capacitacion=capacitacion, sesion=None)
    if form.is_valid():
        return form.datos, ""
    return {}, " ".join(f"{form.fields[campo].label}: {errores[0]}" for campo, errores in form.errors.items())


def _trazo(texto) -> tuple[bytes, str]:
    """El PNG de la firma con el dedo, o por qué no vale."""
    if not texto:
        return b"", ""
    if not isinstance(texto, str) or len(texto) > TOPE_DE_TRAZO * 4 // 3 + 4:
        return b"", "La firma pesa demasiado: bórrela y firme otra vez."
    try:
        contenido = base64.b64decode(texto, validate=True)
        return leer_trazo(SimpleUploadedFile("firma.png", contenido)), ""
    except (binascii.Error, ValueError):
        return b"", "La firma no es una imagen PNG, o está dañada."
    except ValidationError as error:
        return b"", error.messages[0]
