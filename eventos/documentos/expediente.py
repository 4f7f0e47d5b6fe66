"""El expediente en un solo PDF: carátula, índice y cada documento, con un número de folio en cada página.

Unir PDF pierde las etiquetas de accesibilidad: el conjunto no es PDF/UA. Cada parte se guarda también por separado.
"""

import hashlib
import io
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from weasyprint import HTML

from comun.pdf import BASE, LectorDelPortal, pdf_desde_plantilla
from eventos.cifras import cifras_de
from eventos.models import Capacitacion, PiezaDeExpediente
from organizacion.models import AjustesPortal


@dataclass(frozen=True)
class Documento:
    """Lo que entra: de qué anexo es, cómo se llama y sus octetos."""

    anexo: PiezaDeExpediente.Anexo
    titulo: str
    contenido: bytes


@dataclass(frozen=True)
class Foliado:
    documento: Documento
    desde: int
    hasta: int

    @property
    def titulo(self) -> str:
        return self.documento.titulo

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.documento.contenido).hexdigest()


@dataclass(frozen=True)
class Armado:
    """El PDF único, cuántos folios tiene y los de cada documento."""

    contenido: bytes
    folios: int
    documentos: list[Foliado]


def armar(
    capacitacion: Capacitacion, documentos: list[Documento], ausentes: dict[PiezaDeExpediente.Anexo, str]
) -> Armado:
    """Une ``documentos`` en su orden. ``ausentes``: los anexos que no aplican, y por qué."""
    lectores = [PdfReader(io.BytesIO(documento.contenido)) for documento in documentos]
    hojas, caratula = 1, None
    while caratula is None or len(caratula.pages) != hojas:  # el índice puede ocupar más de una
        hojas = len(caratula.pages) if caratula else hojas
        foliados = _foliar(documentos, lectores, hojas)
        caratula = _caratula(capacitacion, foliados, ausentes, hojas)
    escritor = PdfWriter()
    escritor.add_outline_item(title="Carátula e índice", page_number=_agregar(escritor, caratula))
    for foliado, lector in zip(foliados, lectores, strict=True):
        escritor.add_outline_item(title=foliado.titulo, page_number=_agregar(escritor, lector))
    _estampar(escritor)
    escritor.add_metadata({"/Title": f"Expediente – {capacitacion}", "/Author": AjustesPortal.load().institucion})
    escritor.compress_identical_objects()
    salida = io.BytesIO()
    escritor.write(salida)
    return Armado(salida.getvalue(), len(escritor.pages), foliados)


def _foliar(documentos, lectores, hojas) -> list[Foliado]:
    foliados, siguiente = [], hojas + 1
    for documento, lector in zip(documentos, lectores, strict=True):
        ultimo = siguiente + len(lector.pages) - 1
        foliados.append(Foliado(documento, siguiente, ultimo))
        siguiente = ultimo + 1
    return foliados


def _caratula(capacitacion, foliados, ausentes, hojas) -> PdfReader:
    indice = [(foliado.documento.anexo, _fila(foliado)) for foliado in foliados]
    indice += [(a, {"titulo": a.label, "motivo": f"No aplica: {motivo}"}) for a, motivo in ausentes.items()]
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": capacitacion,
        "cifras": cifras_de(capacitacion),
        "indice": [fila for _, fila in sorted(indice, key=lambda par: par[0])],
        "hojas": hojas,
        "total": foliados[-1].hasta if foliados else hojas,
        "armado_en": timezone.localtime(),
    }
    return PdfReader(io.BytesIO(pdf_desde_plantilla("eventos/documentos/caratula.html", contexto)))


def _fila(foliado: Foliado) -> dict:
    return {"titulo": foliado.titulo, "desde": foliado.desde, "hasta": foliado.hasta, "sha256": foliado.sha256}


def _agregar(escritor: PdfWriter, lector: PdfReader) -> int:
    """Agrega sus páginas, derechas, y devuelve el número de la primera."""
    primera = len(escritor.pages)
    for pagina in lector.pages:
        agregada = escritor.add_page(pagina)
        if agregada.rotation:
            agregada.transfer_rotation_to_content()
    return primera


def _estampar(escritor: PdfWriter) -> None:
    """Pone a cada página su folio, arriba a la derecha."""
    tamanos = list(dict.fromkeys(_tamano(pagina) for pagina in escritor.pages))
    paginas = [(str(n), tamanos.index(_tamano(pagina))) for n, pagina in enumerate(escritor.pages, start=1)]
    html = render_to_string("eventos/documentos/folios.html", {"tamanos": tamanos, "paginas": paginas})
    sellos = HTML(string=html, base_url=f"{BASE}/", url_fetcher=LectorDelPortal()).write_pdf()
    for pagina, sello in zip(escritor.pages, PdfReader(io.BytesIO(sellos)).pages, strict=True):
        _sellar(pagina, sello)


def _sellar(pagina: PageObject, sello: PageObject) -> None:
    caja = pagina.mediabox
    pagina.merge_transformed_page(sello, Transformation().translate(float(caja.left), float(caja.bottom)))


def _tamano(pagina) -> tuple[str, str]:
    return f"{float(pagina.mediabox.width):.1f}", f"{float(pagina.mediabox.height):.1f}"
