"""El registro de participantes (Anexo 6) de una sesión, para firmar: una hoja es una página (R80, R84).

No depende del color: se imprime, se fotocopia y se escanea en blanco y negro.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

from comun.pdf import pdf_desde_plantilla
from eventos.actions.hojas import FILAS_POR_HOJA
from eventos.enlaces import url_absoluta
from eventos.models import HojaDeRegistro, Inscripcion, Sesion
from organizacion.models import AjustesPortal


@dataclass(frozen=True)
class Pagina:
    """Una hoja impresa: ``filas`` son pares (número, inscripción o ``None`` si está en blanco)."""

    hoja: HojaDeRegistro
    qr: str
    filas: list[tuple[int, Inscripcion | None]]


def pdf(sesion: Sesion, hojas: Sequence[HojaDeRegistro]) -> bytes:
    """Los octetos de las ``hojas`` emitidas de ``sesion``, una por página y en su orden."""
    contexto = {
        "ajustes": AjustesPortal.load(),
        "capacitacion": sesion.capacitacion,
        "sesion": sesion,
        "paginas": [_pagina(hoja) for hoja in hojas],
        "total": len(hojas),
    }
    return pdf_desde_plantilla("eventos/documentos/anexo6.html", contexto)


def _pagina(hoja) -> Pagina:
    """Sus filas impresas: los números corren de hoja en hoja, y las que sobran quedan en blanco."""
    listadas = hoja.listadas()[:FILAS_POR_HOJA]
    filas = [*listadas, *[None] * (FILAS_POR_HOJA - len(listadas))]
    codigo = segno.make(url_absoluta("eventos_intranet:hoja", hoja.codigo), error="m", micro=False)
    return Pagina(hoja, codigo.svg_data_uri(border=0), list(enumerate(filas, start=primer_numero(hoja))))


def primer_numero(hoja: HojaDeRegistro) -> int:
    """El N.° de su primera fila en el papel."""
    return (hoja.numero - 1) * FILAS_POR_HOJA + 1
