"""Unir varios PDF en uno, con sus páginas numeradas de corrido.

Lo unido pierde las etiquetas de PDF/UA: cada parte debe poder bajarse por separado.
"""

import io
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import NameObject, TextStringObject
from weasyprint import HTML

ANCHO, ALTO = 170, 14  # puntos de la etiqueta con el número
DEL_BORDE = 14
_ESTILO = """
@page { size: 170pt 14pt; margin: 0 }
body { margin: 0; font: 7.5pt "Noto Sans", "DejaVu Sans", Arial, sans-serif }
p { margin: 0; height: 14pt; line-height: 14pt; text-align: right; background: #fff; break-after: page }
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
        lugar = Transformation().translate(float(caja.right) - ANCHO - DEL_BORDE, float(caja.bottom) + DEL_BORDE / 2)
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
