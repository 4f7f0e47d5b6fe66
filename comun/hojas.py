"""Leer una hoja de cálculo que alguien sube (.xlsx), sin fiarse de ella.

Se lee celda por celda sin evaluar nada. Lo que impide leerla entera levanta ``ValidationError`` con su mensaje; lo que
solo afecta a una fila (una fórmula, celdas combinadas) va en los errores de esa fila.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from comun.texto import normalizar

TOPE = 10 * 1024 * 1024  # octetos de lo subido
TOPE_HOJAS = 200 * 1024 * 1024  # ya descomprimidas: se leen de a poco
TOPE_LO_DEMAS = 30 * 1024 * 1024  # textos y estilos: openpyxl los tiene enteros en memoria
TOPE_PARTES = 500
BLANCAS_SEGUIDAS = 2_000
COLUMNAS_A_LA_VISTA = 100
_COMBINADA = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_ENTRECOMILLADO = re.compile(r'"[^"]*"|\\.')  # en un formato, lo que solo se muestra
_DANADO = (
    InvalidFileException, zipfile.BadZipFile, ParseError, OSError, EOFError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, NotImplementedError,
)  # fmt: skip


@dataclass
class Fila:
    """Una fila de la hoja: su número en ella, sus valores por columna y lo que impide leerla."""

    numero: int
    valores: dict[str, object]
    errores: list[str] = field(default_factory=list)


def leer_hoja(
    archivo: UploadedFile, *, columnas: Sequence[str] | None, obligatorias: Sequence[str], maximo: int
) -> list[Fila]:
    """Las filas con algo escrito de la primera hoja a la vista, cuyos encabezados son ``columnas`` en cualquier orden.

    Las columnas se reconocen sin tildes ni mayúsculas; con ``None``, valen las que traiga. Levanta ``ValidationError``.
    """
    _exigir_libro(archivo)
    archivo.seek(0)
    try:
        libro = load_workbook(archivo, read_only=True, data_only=False, keep_links=False)
        try:
            hoja = next((h for h in libro.worksheets if h.sheet_state == "visible"), libro.worksheets[0])
            combinadas = _combinadas(archivo, hoja._worksheet_path)
            filas = hoja.iter_rows(max_col=COLUMNAS_A_LA_VISTA)
            posiciones = _encabezados(next(filas, ()), columnas, obligatorias)
            leidas = list(islice(_filas(filas, posiciones), maximo + 1))
            if len(leidas) > maximo:
                raise ValidationError(f"Tiene más de {maximo:,} filas: divídala en varias y súbalas una por una.")
        finally:
            libro.close()
    except ValidationError:
        raise
    except _DANADO as error:
        raise ValidationError("El archivo está dañado: ábralo en su programa y vuelva a guardarlo.") from error
    _marcar_combinadas(leidas, combinadas)
    if not leidas:
        raise ValidationError("No tiene ninguna fila debajo de los encabezados.")
    return leidas


def _exigir_libro(archivo) -> None:
    """Que sea un libro .xlsx y que, descomprimido, quepa."""
    if archivo.size > TOPE:
        raise ValidationError(f"Pesa {filesizeformat(archivo.size)} y lo más que se admite es {filesizeformat(TOPE)}.")
    archivo.seek(0)
    firma = archivo.read(8)
    if firma.startswith(b"\xd0\xcf\x11\xe0"):
        raise ValidationError("Es un libro de Excel antiguo (.xls) o con clave: guárdelo como .xlsx y sin clave.")
    if not firma.startswith(b"PK"):
        raise ValidationError("No es un libro de Excel (.xlsx): su contenido es otro.")
    try:
        with zipfile.ZipFile(archivo) as partes:
            _exigir_que_quepa(partes)
    except zipfile.BadZipFile as error:
        raise ValidationError("El archivo está dañado: ábralo en su programa y vuelva a guardarlo.") from error


def _exigir_que_quepa(partes: zipfile.ZipFile) -> None:
    fichas = partes.infolist()
    if "xl/workbook.xml" not in {ficha.filename for ficha in fichas}:
        raise ValidationError("No es un libro de Excel (.xlsx): su contenido es otro.")
    hojas = sum(f.file_size for f in fichas if f.filename.startswith("xl/worksheets/"))
    lo_demas = sum(f.file_size for f in fichas) - hojas
    if len(fichas) > TOPE_PARTES or hojas > TOPE_HOJAS or lo_demas > TOPE_LO_DEMAS:
        raise ValidationError("Al abrirlo crece demasiado: copie solo los datos a la plantilla y suba esa.")
    for ficha in fichas:
        if ficha.filename.endswith((".xml", ".rels")):
            with partes.open(ficha) as parte:
                if b"<!DOCTYPE" in parte.read(2048).upper():
                    raise ValidationError("Trae definiciones que un libro de Excel no lleva: no se abre.")


def _encabezados(celdas, columnas, obligatorias) -> dict[int, str]:
    """Qué columna hay en cada posición. Una desconocida, repetida o que falta detiene todo: nada se pierde callado."""
    if columnas is None:
        columnas = [str(celda.value).strip(" *")[:80] for celda in celdas if str(celda.value or "").strip(" *")]
    conocidas = {normalizar(columna): columna for columna in columnas}
    posiciones, extranas = {}, []
    for posicion, celda in enumerate(celdas):
        if celda.value is None or not str(celda.value).strip():
            continue
        columna = conocidas.get(normalizar(str(celda.value).strip(" *")))
        if columna is None or columna in posiciones.values():
            extranas.append(str(celda.value).strip()[:40])
        else:
            posiciones[posicion] = columna
    faltan = [columna for columna in obligatorias if columna not in posiciones.values()]
    quejas = []
    if faltan:
        quejas.append(f"Faltan los encabezados: {', '.join(faltan)}.")
    if extranas:
        quejas.append(f"No se reconocen o están repetidos: {', '.join(extranas[:10])}.")
    if quejas:
        raise ValidationError(f"La primera fila debe llevar los encabezados de la plantilla. {' '.join(quejas)}")
    return posiciones


def _filas(filas, posiciones) -> Iterator[Fila]:
    """Las que tienen algo. Tras muchas en blanco seguidas se da por terminada: hay hojas con un millón."""
    blancas = 0
    for numero, celdas in enumerate(filas, start=2):
        llenas = {n: celda for n, celda in enumerate(celdas) if celda.value is not None and str(celda.value).strip()}
        blancas = 0 if llenas else blancas + 1
        if blancas > BLANCAS_SEGUIDAS:
            return
        if llenas:
            yield _fila(numero, llenas, posiciones)


def _fila(numero, llenas, posiciones) -> Fila:
    fila = Fila(numero, dict.fromkeys(posiciones.values()))
    for posicion, celda in llenas.items():
        columna = posiciones.get(posicion)
        if columna is None:
            letra = get_column_letter(posicion + 1)
            fila.errores.append(f"Hay algo escrito en la columna {letra}, que no tiene encabezado.")
        elif celda.data_type == "f":
            fila.errores.append(f"«{columna}» es una fórmula: pegue solo su valor.")
        elif celda.data_type == "e":
            fila.errores.append(f"«{columna}» tiene un error de Excel ({celda.value}).")
        else:
            fila.valores[columna] = _como_se_ve(celda)
    return fila


def _como_se_ve(celda):
    """El valor de la celda; el de una en porcentaje, con su signo: «75.27%» y no el 0.7527 que guarda Excel."""
    valor = celda.value
    if celda.data_type == "n" and celda.has_style and "%" in _ENTRECOMILLADO.sub("", celda.number_format):
        return f"{(Decimal(str(valor)) * 100).normalize():f}%"
    return valor


def _combinadas(archivo, ruta: str) -> list[str]:
    """Los rangos combinados de la hoja: leyéndola de a poco, openpyxl no los da. En los encabezados no se admiten."""
    archivo.seek(0)
    rangos, resto = [], b""
    with zipfile.ZipFile(archivo) as partes, partes.open(ruta.lstrip("/")) as hoja:
        while trozo := hoja.read(1 << 20):
            texto = resto + trozo
            rangos += [calza.decode() for calza in _COMBINADA.findall(texto)]
            corte = texto.rfind(b"<")  # una etiqueta partida entre dos trozos se mira con el siguiente
            resto = texto[corte:] if corte >= 0 else b""
    for rango in rangos:
        if range_boundaries(rango)[1] == 1:
            raise ValidationError(f"Los encabezados tienen celdas combinadas ({rango}): sepárelas.")
    return list(dict.fromkeys(rangos))


def _marcar_combinadas(filas: list[Fila], rangos: list[str]) -> None:
    for rango in rangos:
        _, primera, _, ultima = range_boundaries(rango)
        for fila in filas:
            if primera <= fila.numero <= ultima:
                fila.errores.append(f"Tiene celdas combinadas ({rango}): sepárelas y repita el valor.")
