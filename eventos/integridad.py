"""Comprobar que los archivos de un expediente son los que se guardaron: su SHA-256 de entonces y el de ahora."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from custodia.models import ArchivoPrivado

from .models import Expediente

TROZO = 1 << 20  # octetos


@dataclass(frozen=True)
class Comprobado:
    que: str
    guardado: str
    hallado: str  # «» si el archivo no está

    @property
    def coincide(self) -> bool:
        return self.guardado == self.hallado


def comprobar(expediente: Expediente) -> list[Comprobado]:
    """El conjunto, cada parte, lo que se subió y los archivos de cierres anulados."""
    return [Comprobado(que, archivo.sha256, sha256_de(archivo)) for que, archivo in _archivos(expediente)]


def _archivos(expediente) -> Iterator[tuple[str, ArchivoPrivado]]:
    if expediente.archivo_id:
        yield "Expediente completo", expediente.archivo
    for parte in expediente.partes.select_related("archivo"):
        yield parte.titulo, parte.archivo
    for pieza in expediente.piezas.filter(archivo__isnull=False).select_related("archivo"):
        yield f"{pieza.get_anexo_display()}, subido", pieza.archivo
    for cierre in expediente.cierres_anulados.select_related("archivo"):
        yield f"Cierre del {timezone.localtime(cierre.cerrado_en):%d/%m/%Y}, reabierto", cierre.archivo


def sha256_de(archivo: ArchivoPrivado) -> str:
    """El de su contenido, leído ahora; «» si el archivo no está."""
    suma = hashlib.sha256()
    try:
        with archivo.archivo.open("rb") as abierto:
            while trozo := abierto.read(TROZO):
                suma.update(trozo)
    except FileNotFoundError:
        return ""
    return suma.hexdigest()
