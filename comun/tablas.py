"""Leer una tabla que alguien sube, en Excel (.xlsx) o CSV, con los encabezados que traiga."""

import codecs
import csv
import io
import re

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat

from comun.hojas import Fila, leer_hoja
from comun.texto import normalizar

TOPE = 10 * 1024 * 1024  # octetos
SEPARADORES = ";,\t"
_SEP = re.compile(r"sep=([;,\t])", re.IGNORECASE)
_FORMULA = ("=", "+", "-", "@")


def leer_tabla(contenido: bytes, nombre: str, *, maximo: int) -> tuple[list[str], list[Fila]]:
    """(encabezados, filas con algo escrito). Levanta ``ValidationError`` si no se puede leer entera."""
    if len(contenido) > TOPE:
        raise ValidationError(f"Pesa {filesizeformat(len(contenido))}; lo más que se admite es {filesizeformat(TOPE)}.")
    if contenido.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or nombre.lower().endswith((".xlsx", ".xls")):
        filas = leer_hoja(SimpleUploadedFile(nombre, contenido), columnas=None, obligatorias=(), maximo=maximo)
        return list(filas[0].valores), filas
    return _leer_csv(contenido, maximo)


def leer_plantilla(contenido: bytes, nombre: str, *, columnas, obligatorias, maximo: int) -> list[Fila]:
    """Las filas de una tabla cuyos encabezados son ``columnas``, en cualquier orden. Levanta ``ValidationError``."""
    encabezados, filas = leer_tabla(contenido, nombre, maximo=maximo)
    conocidas = {normalizar(columna): columna for columna in columnas}
    llevan = {encabezado: conocidas.get(normalizar(encabezado)) for encabezado in filter(None, encabezados)}
    faltan = [columna for columna in obligatorias if columna not in llevan.values()]
    extranos = [encabezado[:40] for encabezado, columna in llevan.items() if columna is None]
    quejas = [f"Faltan los encabezados: {', '.join(faltan)}."] if faltan else []
    quejas += [f"No se reconocen: {', '.join(extranos[:10])}."] if extranos else []
    repetidos = len(llevan) - len(extranos) > len({columna for columna in llevan.values() if columna})
    quejas += ["Hay encabezados repetidos."] if repetidos else []
    if quejas:
        raise ValidationError(f"La primera fila debe llevar los encabezados de la plantilla. {' '.join(quejas)}")
    return [
        Fila(fila.numero, {llevan[encabezado]: valor for encabezado, valor in fila.valores.items()}, fila.errores)
        for fila in filas
    ]


def _leer_csv(contenido: bytes, maximo: int):
    texto = texto_de(contenido)
    if "\x00" in texto:
        raise ValidationError("No es un archivo de texto: guárdelo como CSV o como libro de Excel.")
    separador = _separador(texto)
    try:
        lineas = csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True)
        encabezados = _limpios(next((celdas for celdas in lineas if _dice_algo(celdas)), []))
        filas = [_fila(lineas.line_num, celdas, encabezados) for celdas in lineas if _dice_algo(celdas)]
    except csv.Error as error:
        raise ValidationError(
            "Las comillas de alguna línea no cierran: ábralo en Excel y guárdelo otra vez."
        ) from error
    if len(filas) > maximo:
        raise ValidationError(f"Tiene más de {maximo:,} filas: divídala en varias y súbalas una por una.")
    if not filas:
        raise ValidationError("No tiene ninguna fila debajo de los encabezados.")
    return encabezados, filas


def _separador(texto: str) -> str:
    """El que dice su primera línea («sep=;», para Excel) o el que más se repite en los encabezados."""
    primera = next((linea for linea in io.StringIO(texto) if linea.strip()), "").strip("\r\n")
    if dicho := _SEP.fullmatch(primera.strip(" ")):
        return dicho[1]
    return max(SEPARADORES, key=primera.count)


def _dice_algo(celdas: list[str]) -> bool:
    """Ni en blanco ni la línea que solo dice el separador."""
    return any(celda.strip() for celda in celdas) and "".join(celdas).strip().lower() != "sep="


def texto_de(contenido: bytes) -> str:
    """En UTF-8, UTF-16 con su marca o, si no es ninguno, en el alfabeto de Windows, que es como guarda Excel."""
    if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return contenido.decode("utf-16", errors="replace")
    try:
        return contenido.decode("utf-8-sig")
    except UnicodeDecodeError:
        return contenido.decode("cp1252", errors="replace")


def _limpios(celdas) -> list[str]:
    encabezados = [celda.strip(" *\r\n\t")[:80] for celda in celdas]
    escritos = [encabezado for encabezado in encabezados if encabezado]
    if not escritos:
        raise ValidationError("La primera fila debe llevar los encabezados.")
    if repetidos := sorted({e for e in escritos if escritos.count(e) > 1}):
        raise ValidationError(f"Hay encabezados repetidos: {', '.join(repetidos[:5])}.")
    return encabezados


def _fila(numero, celdas, encabezados) -> Fila:
    fila = Fila(numero, dict.fromkeys(filter(None, encabezados)))
    for encabezado, celda in zip(encabezados, celdas, strict=False):
        # El apóstrofo con que se exporta lo que parece fórmula no es parte del dato.
        celda = celda[1:] if celda.startswith("'") and celda[1:].startswith(_FORMULA) else celda
        if celda.startswith("=") and encabezado:
            fila.errores.append(f"«{encabezado}» es una fórmula: pegue solo su valor.")
        elif encabezado:
            fila.valores[encabezado] = celda.strip()
    if any(celda.strip() for celda in celdas[len(encabezados) :]):
        fila.errores.append("Tiene más columnas que los encabezados.")
    return fila
