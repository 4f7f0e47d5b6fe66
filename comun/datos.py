"""Leer un CSV de datos y decir con precisión qué fila está mal."""

import csv
from collections.abc import Iterator
from pathlib import Path


class DatosInvalidos(Exception):
    """Un archivo de datos no se puede cargar; el mensaje nombra archivo, línea y motivo."""

    def __init__(self, archivo: Path, linea: int, motivo: str):
        super().__init__(f"{archivo.name}, línea {linea}: {motivo}")


def leer_csv(archivo: Path, columnas: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Devuelve (línea, fila) por cada fila de ``archivo``; todas las ``columnas`` deben venir llenas.

    Levanta ``DatosInvalidos`` en la primera que no cumpla.
    """
    if not archivo.exists():
        raise DatosInvalidos(archivo, 0, "no se encuentra el archivo.")
    with archivo.open(encoding="utf-8-sig", newline="") as texto:
        lector = csv.DictReader(texto)
        try:
            faltan = [columna for columna in columnas if columna not in (lector.fieldnames or ())]
            if faltan:
                raise DatosInvalidos(archivo, 1, f"falta la columna «{faltan[0]}».")
            for fila in lector:
                yield lector.line_num, _completa(archivo, lector.line_num, fila, columnas)
        except (csv.Error, UnicodeDecodeError) as error:
            raise DatosInvalidos(archivo, lector.line_num, "no es un CSV en UTF-8 que se pueda leer.") from error


def _completa(archivo, linea, fila, columnas):
    if None in fila:
        raise DatosInvalidos(archivo, linea, "la fila tiene más columnas que el encabezado.")
    limpia = {columna: (fila[columna] or "").strip() for columna in columnas}
    for columna, valor in limpia.items():
        if not valor:
            raise DatosInvalidos(archivo, linea, f"falta el valor de «{columna}».")
    return limpia
