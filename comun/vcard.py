"""Tarjetas vCard 4.0 (RFC 6350): escapadas, plegadas a 75 octetos y en UTF-8."""

import re
from collections.abc import Iterable

from django.http import HttpResponse

PLIEGUE = 75  # octetos por línea, sin contar el fin de línea
PAIS = "+51"


def escapar(texto: str) -> str:
    """El valor con la barra, la coma, el punto y coma y el salto de línea escapados (RFC 6350, 3.4)."""
    texto = str(texto).replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return re.sub(r"\r\n|\r|\n", r"\\n", texto)


def plegar(linea: str) -> str:
    """``linea`` en tramos de 75 octetos, que siguen en otra con un espacio, sin partir un carácter (3.2)."""
    tramos, tramo, ocupa = [], "", 0
    for caracter in linea:
        octetos = len(caracter.encode())
        if ocupa + octetos > PLIEGUE:
            tramos.append(tramo)
            tramo, ocupa = " ", 1
        tramo, ocupa = tramo + caracter, ocupa + octetos
    return "\r\n".join([*tramos, tramo])


def telefono(texto: str, anexo: str = "") -> str:
    """El URI «tel:» (RFC 3966) de un teléfono del Perú: «084 123456» es ``tel:+5184123456``."""
    digitos = re.sub(r"\D", "", texto)
    numero = f"+{digitos}" if texto.strip().startswith("+") else PAIS + digitos.removeprefix("0")
    return f"tel:{numero};ext={anexo}" if anexo.isdecimal() else f"tel:{numero}"


def tarjeta(propiedades: Iterable[tuple[str, str | tuple[str, ...]]]) -> str:
    """Una tarjeta con ``propiedades``, pares (nombre y parámetros, valor); un valor compuesto es una tupla.

    Lo vacío no se escribe, y un URI va tal cual.
    """
    lineas = ["BEGIN:VCARD", "VERSION:4.0"]
    for nombre, valor in propiedades:
        partes = valor if isinstance(valor, tuple) else (valor,)
        if not any(partes):
            continue
        escrito = valor if "VALUE=uri" in nombre else ";".join(escapar(parte) for parte in partes)
        lineas.append(f"{nombre}:{escrito}")
    return "".join(f"{plegar(linea)}\r\n" for linea in [*lineas, "END:VCARD"])


def respuesta_vcard(tarjetas: Iterable[str], nombre: str) -> HttpResponse:
    """La descarga de una o más tarjetas; ``nombre`` en ASCII, con .vcf."""
    respuesta = HttpResponse("".join(tarjetas), content_type="text/vcard; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}"'
    return respuesta
