"""Los archivos que se suben como material: que sean lo que su nombre dice, y cómo se entregan."""

import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat

from .models.material import EXTENSIONES, Material

TOPE = 20 * 1024 * 1024  # octetos
# Lo que zipfile levanta con un archivo dañado o hecho para dañar.
_DANADO = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
# Dentro del archivo comprimido que en verdad es cada documento: un miembro que debe estar.
_MIEMBROS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
_DE_OPENDOCUMENT = {"odt": b"opendocument.text", "odp": b"opendocument.presentation"}


def validar_material(archivo) -> None:
    """Levanta ``ValidationError``, que nombra el archivo, si su extensión, su tamaño o su contenido no sirven."""
    extension = PurePosixPath(archivo.name).suffix.lstrip(".").lower()
    if extension not in EXTENSIONES:
        raise ValidationError(f"«{archivo.name}»: no se admite ese tipo de archivo. Suba {', '.join(EXTENSIONES)}.")
    if archivo.size > TOPE:
        pesa, tope = filesizeformat(archivo.size), filesizeformat(TOPE)
        raise ValidationError(f"«{archivo.name}» pesa {pesa} y lo más que se admite es {tope}: reduzca sus imágenes.")
    if not _es_lo_que_dice(archivo, extension):
        raise ValidationError(
            f"«{archivo.name}» no es un archivo {extension.upper()}: su contenido es otro o está dañado."
        )


def _es_lo_que_dice(archivo, extension) -> bool:
    archivo.seek(0)
    try:
        if extension == "pdf":
            return b"%PDF-" in archivo.read(1024)
        with zipfile.ZipFile(archivo) as comprimido:
            return _es_el_documento(comprimido, extension)
    except _DANADO:
        return False
    finally:
        archivo.seek(0)


def _es_el_documento(comprimido, extension) -> bool:
    nombres = comprimido.namelist()
    if extension in _MIEMBROS:
        return _MIEMBROS[extension] in nombres
    if extension in _DE_OPENDOCUMENT:
        if "mimetype" not in nombres:
            return False
        with comprimido.open("mimetype") as miembro:
            return _DE_OPENDOCUMENT[extension] in miembro.read(100)
    return bool(nombres)


def entregar(material: Material) -> FileResponse:
    """El archivo para guardar: nunca se abre dentro del portal, sea lo que sea."""
    respuesta = FileResponse(
        material.archivo.open("rb"),
        as_attachment=True,
        filename=material.nombre_de_descarga,
        content_type="application/pdf" if material.formato == "PDF" else "application/octet-stream",
    )
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return respuesta
