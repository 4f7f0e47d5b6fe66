"""Unir varios PDF en uno, con sus páginas numeradas de corrido.

Lo unido pierde las etiquetas de PDF/UA: cada parte debe poder bajarse por separado.
"""

import io
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject, TextStringObject
from weasyprint import HTML

# Puntos: lo que mide la etiqueta con el número y cuánto la separa de las orillas.
ANCHO, DEL_LADO, DEL_PIE = 110, 50, 20
_ESTILO = """
@page { size: 110pt 12pt; margin: 0 }
body { margin: 0; font: 7.5pt "Noto Sans", "DejaVu Sans", Arial, sans-serif }
p { margin: 0; height: 12pt; line-height: 12pt; text-align: right; background: #fff; break-after: page }
p:last-child { break-after: auto }
"""


def paginas_de(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def unir(partes: Iterable[tuple[str, bytes]], *, titulo: str, rotulo: str) -> bytes:
    """Un solo PDF con las ``partes`` (título y octetos), un marcador por cada una y «``rotulo`` 3 de 40» al pie."""
    escritor = PdfWriter()
    for nombre, contenido in partes:
        escritor.append(io.BytesIO(contenido), outline_item=nombre, import_outline=False)
    numeros = _etiquetas(rotulo, len(escritor.pages))
    for pagina, numero in zip(escritor.pages, numeros.pages, strict=True):
        pagina.transfer_rotation_to_content()
        caja = pagina.mediabox
        lugar = Transformation().translate(float(caja.right) - ANCHO - DEL_LADO, float(caja.bottom) + DEL_PIE)
        pagina.merge_transformed_page(numero, lugar)
    escritor.metadata = {"/Title": titulo}
    escritor.root_object[NameObject("/Lang")] = TextStringObject("es-PE")
    escritor.compress_identical_objects()
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def _etiquetas(rotulo: str, cuantas: int) -> PdfReader:
    parrafos = "".join(f"<p>{rotulo} {numero} de {cuantas}</p>" for numero in range(1, cuantas + 1))
    return PdfReader(io.BytesIO(HTML(string=f"<style>{_ESTILO}</style>{parrafos}").write_pdf()))
