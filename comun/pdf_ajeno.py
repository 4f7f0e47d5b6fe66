"""Un PDF que trae otra persona: que no reviente a quien lo abre, y que no haga nada al abrirse."""

import io
import re
import zlib
from collections.abc import Iterator

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.filters import ASCII85Decode, ASCIIHexDecode
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

PAGINAS = 300
INFLADO = 128 * 1024 * 1024  # octetos de un flujo: una A4 a color a 600 puntos por pulgada son 104 millones
INFLADO_EN_TOTAL = 6 * INFLADO
FLUJOS = 50_000
OBJETOS = 200_000
PIXELES = 100_000_000  # una A3 a 600 puntos por pulgada son 70 millones
# Lo que pypdf levanta con un archivo dañado o hecho para dañar.
DANADO = (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, zlib.error)

_DE_PAGINA = {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
_ACTIVO = {"/AA", "/AF", "/EF", "/JS", "/OpenAction", "/PieceInfo", "/Properties"}
# En un flujo: su contenido en otro archivo, o algo más que lo que se dibuja.
_AJENO = _ACTIVO | {"/F", "/FFilter", "/FDecodeParms", "/Metadata", "/OPI", "/Ref", "/Alternates"}
_FILTROS = {"/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode", "/RunLengthDecode"}
_DE_TEXTO = {"/ASCII85Decode": ASCII85Decode, "/ASCIIHexDecode": ASCIIHexDecode}
_ACCIONES = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/Movie", "/Sound", "/GoToE"}
_ANOTACIONES = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_TROZO = 64 * 1024
SE_INFLA = "se infla demasiado al abrirlo: vuelva a escanearlo con menos resolución"


class PdfRechazado(Exception):
    """Por qué no se admite, en palabras de quien lo sube; completa la frase «este archivo…»."""


def solo_sus_paginas(contenido: bytes) -> bytes:
    """El PDF vuelto a escribir con lo que se ve de cada página: sin acciones, anotaciones, adjuntos ni metadatos."""
    escritor = PdfWriter()
    for pagina in _leer(contenido).pages:
        for clave in set(pagina) - _DE_PAGINA:
            del pagina[clave]
        escritor.add_page(pagina)
    for objeto in list(escritor._objects):
        _limpiar(objeto)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def exigir_pasivo(contenido: bytes) -> None:
    """Levanta ``PdfRechazado`` si trae código, archivos adjuntos o algo que se ejecuta; no cambia nada."""
    lector = _leer(contenido)
    raiz = lector.trailer["/Root"].get_object()
    nombres = raiz.get("/Names", DictionaryObject()).get_object()
    formulario = raiz.get("/AcroForm", DictionaryObject()).get_object()
    activo = "/AA" in raiz or {"/JavaScript", "/EmbeddedFiles"} & set(nombres) or "/XFA" in formulario
    if activo or any(_es_activa(pagina) for pagina in lector.pages) or any(map(_actua, _objetos(lector))):
        raise PdfRechazado("trae código o archivos adjuntos: imprímalo como PDF y suba esa copia")


def _leer(contenido) -> PdfReader:
    if not contenido.startswith(b"%PDF-"):
        raise PdfRechazado("no es un PDF: su contenido es otro o está dañado")
    _exigir_que_no_reviente(contenido)
    lector = PdfReader(io.BytesIO(contenido))
    if lector.is_encrypted:
        raise PdfRechazado("tiene clave: súbalo sin ella")
    if not len(lector.pages):
        raise PdfRechazado("no tiene páginas")
    if len(lector.pages) > PAGINAS:
        raise PdfRechazado(f"tiene más de {PAGINAS} páginas: súbalo por partes")
    return lector


def _exigir_que_no_reviente(contenido) -> None:
    """Antes de leerlo: ningún flujo comprimido, esté donde esté, se infla más de lo que una página necesita."""
    total = 0
    for numero, comienzo in enumerate(re.finditer(rb"stream\r?\n", contenido)):
        total += _inflado(memoryview(contenido)[comienzo.end() :])
        if total > INFLADO_EN_TOTAL or numero > FLUJOS:
            raise PdfRechazado(SE_INFLA)


def _inflado(octetos) -> int:
    """Cuántos octetos hay en el flujo Flate con que ``octetos`` empieza; 0 si no es uno."""
    if not octetos or octetos[0] & 0x0F != zlib.DEFLATED:
        return 0
    descompresor, total, desde = zlib.decompressobj(), 0, 0
    while desde < len(octetos) and not descompresor.eof:
        pendiente = bytes(octetos[desde : desde + _TROZO])
        desde += _TROZO
        while pendiente and not descompresor.eof:
            try:
                total += len(descompresor.decompress(pendiente, 1024 * 1024))
            except zlib.error:
                return total
            if total > INFLADO:
                raise PdfRechazado(SE_INFLA)
            pendiente = descompresor.unconsumed_tail
    return total


def _limpiar(objeto) -> None:
    """Quita de ``objeto`` y de lo que lleva dentro lo que actúa o viene de otro archivo."""
    if isinstance(objeto, ArrayObject):
        for hijo in objeto:
            _limpiar(hijo)
    if not isinstance(objeto, DictionaryObject):
        return
    if isinstance(objeto, StreamObject):
        _exigir_flujo_sano(objeto)
    for clave in (_AJENO if isinstance(objeto, StreamObject) else _ACTIVO) & set(objeto):
        del objeto[clave]
    for hijo in objeto.values():
        _limpiar(hijo)


def _exigir_flujo_sano(flujo) -> None:
    filtros = flujo.get("/Filter", [])
    filtros = list(filtros) if isinstance(filtros, ArrayObject) else [filtros] if filtros else []
    octetos = flujo._data
    while filtros and filtros[0] in _DE_TEXTO:
        octetos = bytes(_DE_TEXTO[filtros.pop(0)].decode(octetos))
        _inflado(memoryview(octetos))
    if len(filtros) > 1 or not set(filtros) <= _FILTROS or flujo.get("/Subtype") == "/PS":
        raise PdfRechazado("usa una compresión que no se admite: ábralo y vuelva a guardarlo como PDF")
    if filtros == ["/RunLengthDecode"] and len(octetos) * 64 > INFLADO:
        raise PdfRechazado(SE_INFLA)
    if int(flujo.get("/Width", 0)) * int(flujo.get("/Height", 0)) > PIXELES:
        raise PdfRechazado("tiene una imagen con demasiados píxeles: vuelva a escanearlo con menos resolución")


def _objetos(lector: PdfReader) -> Iterator:
    """Todos los del archivo: una acción puede colgar de un marcador, de otra acción o de donde sea."""
    for numero in range(1, min(int(lector.trailer["/Size"]), OBJETOS)):
        yield lector.get_object(numero)


def _actua(objeto) -> bool:
    """Si ``objeto``, o lo que lleva dentro sin salir a otro, es una acción que hace más que llevar a otro lugar."""
    if isinstance(objeto, ArrayObject):
        return any(_actua(hijo) for hijo in objeto)
    if not isinstance(objeto, DictionaryObject):
        return False
    return objeto.get("/S") in _ACCIONES or any(_actua(hijo) for hijo in objeto.values())


def _es_activa(pagina) -> bool:
    anotaciones = [anotacion.get_object() for anotacion in (pagina.get("/Annots") or [])]
    return "/AA" in pagina or any(
        "/AA" in anotacion or anotacion.get("/Subtype") in _ANOTACIONES for anotacion in anotaciones
    )
