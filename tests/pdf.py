"""Leer en las pruebas los PDF que el portal hace."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject


def pdf_minimo(paginas: int = 1) -> bytes:
    """Un PDF de verdad, con páginas A4 en blanco."""
    escritor, salida = PdfWriter(), io.BytesIO()
    for _ in range(paginas):
        escritor.add_blank_page(595, 842)
    escritor.write(salida)
    return salida.getvalue()


def pdf_con_javascript() -> bytes:
    """Uno que al abrirse ejecuta código, y que además lo lleva en su árbol de nombres."""
    escritor, salida = PdfWriter(), io.BytesIO()
    escritor.add_blank_page(595, 842)
    accion = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    nombres = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("uno"), accion])})
    escritor.root_object[NameObject("/OpenAction")] = accion
    escritor.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): nombres})
    escritor.write(salida)
    return salida.getvalue()


def texto_de(pdf: bytes) -> str:
    """Todo su texto en una línea."""
    return " ".join(" ".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf)).pages).split())


def exigir_en_orden(texto: str, campos: list[str]) -> None:
    """Que ``texto`` traiga todos los ``campos``, cada uno después del anterior."""
    desde = 0
    for campo in campos:
        hallado = texto.find(campo, desde)
        assert hallado >= 0, f"falta «{campo}» después de «{texto[max(0, desde - 40) : desde]}»"
        desde = hallado + len(campo)


def exigir_ua1(pdf: bytes, titulo: str) -> None:
    """Que sea PDF/UA-1: etiquetas, idioma, título, marca ``pdfuaid``, letra incrustada y texto en cada figura."""
    lector = PdfReader(io.BytesIO(pdf))
    raiz = lector.trailer["/Root"]
    assert raiz["/MarkInfo"]["/Marked"]
    assert raiz["/Lang"] == "es-PE"
    assert raiz["/ViewerPreferences"]["/DisplayDocTitle"]
    assert lector.metadata.title == titulo
    assert b"pdfuaid:part" in raiz["/Metadata"].get_data()
    for elemento in _elementos(raiz["/StructTreeRoot"]):
        if elemento.get("/S") == "/Figure":
            assert elemento.get("/Alt"), "una figura sin texto alternativo"
    for pagina in lector.pages:
        for letra in (pagina["/Resources"].get("/Font") or {}).values():
            assert _incrustada(letra.get_object()), "una letra sin incrustar"


def _elementos(nodo):
    nodo = nodo.get_object()
    if isinstance(nodo, list):
        for hijo in nodo:
            yield from _elementos(hijo)
    elif isinstance(nodo, dict):
        yield nodo
        if "/K" in nodo:
            yield from _elementos(nodo["/K"])


def _incrustada(letra) -> bool:
    descendientes = [hija.get_object() for hija in letra.get("/DescendantFonts", [letra])]
    descriptores = [hija["/FontDescriptor"].get_object() for hija in descendientes if "/FontDescriptor" in hija]
    return bool(descriptores) and all({"/FontFile", "/FontFile2", "/FontFile3"} & d.keys() for d in descriptores)
