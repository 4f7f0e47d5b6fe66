"""Qué forma debe tener cada dato que una persona escribe. Los mensajes se muestran tal cual."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

TELEFONO = re.compile(r"\+?(\([0-9]{1,4}\) ?)?[0-9][0-9 \-]{5,17}")
DOCUMENTOS = {
    "dni": (re.compile(r"\d{8}"), "El DNI tiene 8 dígitos, sin puntos ni espacios."),
    "ce": (re.compile(r"[0-9A-Z]{9,12}"), "El carné de extranjería tiene de 9 a 12 letras o dígitos."),
    "pasaporte": (re.compile(r"[0-9A-Z]{6,12}"), "El pasaporte tiene de 6 a 12 letras o dígitos."),
}
_DECIMAL_DE_EXCEL = re.compile(r"^(\d+)\.0$")  # una hoja guardó el número como «41414141.0»

validar_ruc = RegexValidator(r"^(10|15|17|20)\d{9}$", "El RUC tiene 11 dígitos y empieza en 10, 15, 17 o 20.")
validar_siaf = RegexValidator(r"^\d{3,6}$", "El código SIAF tiene de 3 a 6 dígitos; conserve los ceros iniciales.")
validar_ubigeo = RegexValidator(r"^\d{6}$", "El ubigeo de un distrito tiene 6 dígitos.")


def validar_documento(tipo: str, numero: str) -> str:
    """Devuelve ``numero`` limpio (mayúsculas, sin espacios, puntos ni guiones) si calza con ``tipo``.

    ``tipo`` es una llave de ``DOCUMENTOS``. Levanta ``ValidationError`` si no calza.
    """
    if tipo not in DOCUMENTOS:
        raise ValidationError("Elija el tipo de documento.")
    escrito = _DECIMAL_DE_EXCEL.sub(r"\1", str(numero).strip())
    limpio = re.sub(r"[\s.\-]", "", escrito).upper()
    patron, mensaje = DOCUMENTOS[tipo]
    if not limpio.isascii() or not patron.fullmatch(limpio):
        raise ValidationError(mensaje)
    return limpio


def validar_telefono(texto: str) -> None:
    """Acepta el código de ciudad entre paréntesis, el «+» del país, espacios y guiones."""
    if not TELEFONO.fullmatch(texto):
        raise ValidationError("Escriba el teléfono solo con dígitos; por ejemplo, 984123456 o (084) 234567.")


def validar_sin_control(texto: str) -> None:
    """Rechaza saltos de línea y caracteres de control: un nombre o asunto va en cabeceras de correo.

    También la mitad suelta de un carácter (U+D800 a U+DFFF), que ninguna base guarda.
    """
    if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in texto):
        raise ValidationError("Escriba el texto en una sola línea, sin caracteres especiales de control.")
