"""Leer una lista de correos que alguien sube (CSV o Excel) sin fiarse de ella.

Lo que impide leerla entera levanta ``ValidationError``; lo que solo afecta a una línea va en los errores de esa línea.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat

from comun.hojas import Fila, leer_hoja
from comun.texto import normalizar

COLUMNAS = ("correo", "nombre", "centro", "temas")
OBLIGATORIAS = ("correo",)
MAXIMO = 100_000  # líneas
TOPE = 20 * 1024 * 1024  # octetos
LARGO = 2_000  # octetos de una línea
SEPARADORES = ";,\t"


def leer_lista(contenido: bytes, nombre: str) -> Iterator[Fila]:
    """Las líneas con algo escrito, de a una; si es CSV o .xlsx lo dice su contenido. Levanta ``ValidationError``."""
    if len(contenido) > TOPE:
        raise ValidationError(f"Pesa {filesizeformat(len(contenido))}; lo más que se admite es {filesizeformat(TOPE)}.")
    if contenido.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or nombre.lower().endswith((".xlsx", ".xls")):
        archivo = SimpleUploadedFile(nombre, contenido)
        return iter(leer_hoja(archivo, columnas=COLUMNAS, obligatorias=OBLIGATORIAS, maximo=MAXIMO))
    return _leer_csv(contenido)


def _leer_csv(contenido: bytes) -> Iterator[Fila]:
    lineas = enumerate(io.BytesIO(_con_saltos(contenido)), start=1)
    columnas, separador = _encabezados(lineas)
    leidas = 0
    for numero, octetos in lineas:
        if not octetos.strip(b" \t\r\n;,"):
            continue
        leidas += 1
        if leidas > MAXIMO:
            raise ValidationError(f"Tiene más de {MAXIMO:,} líneas: divídala en varias y súbalas una por una.")
        yield _fila(numero, octetos, columnas, separador)
    if not leidas:
        raise ValidationError("No tiene ninguna línea debajo de los encabezados.")


def _con_saltos(contenido: bytes) -> bytes:
    """En UTF-8 y con «\\n»: Excel guarda también en UTF-16, y hay listas de Mac antiguas con «\\r»."""
    if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        contenido = contenido.decode("utf-16", errors="replace").encode()
    contenido = contenido.removeprefix(codecs.BOM_UTF8)
    return contenido if b"\n" in contenido else contenido.replace(b"\r", b"\n")


def _encabezados(lineas) -> tuple[list[str], str]:
    """Las columnas en orden y el separador. Una desconocida, repetida o que falta detiene todo."""
    numero, primera = next(((n, linea) for n, linea in lineas if linea.strip()), (0, b""))
    if not numero:
        raise ValidationError("Está vacío.")
    texto = _texto(primera[:LARGO])
    separador = max(SEPARADORES, key=texto.count)
    conocidas = {normalizar(columna): columna for columna in COLUMNAS}
    escritas = [celda.strip(' "*\r\n') for celda in texto.split(separador)]
    columnas = [conocidas.get(normalizar(celda), "") for celda in escritas]
    extranas = [celda[:40] for celda, columna in zip(escritas, columnas, strict=True) if celda and not columna]
    repetidas = {columna for columna in columnas if columna and columnas.count(columna) > 1}
    if "correo" not in columnas or extranas or repetidas:
        sobran = f" No se reconocen o se repiten: {', '.join([*extranas, *sorted(repetidas)][:10])}."
        raise ValidationError(
            f"La primera línea debe llevar los encabezados: {', '.join(COLUMNAS)} (solo «correo» es obligatorio)."
            + (sobran if extranas or repetidas else "")
        )
    return columnas, separador


def _fila(numero: int, octetos: bytes, columnas: list[str], separador: str) -> Fila:
    if len(octetos) > LARGO:
        return Fila(numero, {"correo": _texto(octetos[:80])}, ["Es demasiado larga: no parece una línea de la lista."])
    if b"\x00" in octetos:
        return Fila(numero, {"correo": _texto(octetos)}, ["Tiene caracteres nulos."])
    try:
        celdas = next(csv.reader([_texto(octetos, estricto=True)], delimiter=separador, strict=True))
    except UnicodeDecodeError:
        return Fila(numero, {"correo": _texto(octetos)}, ["Tiene caracteres que no se pueden leer."])
    except (csv.Error, StopIteration):
        return Fila(numero, {"correo": _texto(octetos)}, ["Sus comillas no cierran."])
    fila = Fila(numero, {c: celda for c, celda in zip(columnas, celdas, strict=False) if c})
    if any(celda.strip() for celda in celdas[len(columnas) :]):
        fila.errores.append("Tiene más columnas que los encabezados.")
    return fila


def _texto(octetos: bytes, *, estricto: bool = False) -> str:
    """En UTF-8 y, si no lo es, en el alfabeto de Windows, que es como Excel guarda un CSV en español."""
    try:
        return octetos.decode()
    except UnicodeDecodeError:
        return octetos.decode("cp1252", errors="strict" if estricto else "replace")
