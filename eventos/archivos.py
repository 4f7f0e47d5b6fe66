"""Los archivos que se suben como material: que sean lo que su nombre dice, y cómo se entregan."""

import lzma
import zipfile
import zlib
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat

from comun.pdf_ajeno import DANADO as PDF_DANADO
from comun.pdf_ajeno import PdfRechazado, exigir_pasivo

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
INFLADO = 300 * 1024 * 1024  # octetos de todo lo que un comprimido lleva dentro
MIEMBROS = 5_000
# Lo que se ejecuta con un doble clic, y otro comprimido, en que no se mira.
_PELIGROSAS = frozenset(
    [
        "exe",
        "com",
        "scr",
        "msi",
        "bat",
        "cmd",
        "ps1",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "hta",
        "jar",
        "lnk",
        "reg",
        "dll",
        "apk",
        "docm",
        "xlsm",
        "pptm",
        "dotm",
        "iso",
        "zip",
        "rar",
        "7z",
        "gz",
        "bz2",
        "xz",
        "tar",
        "cab",
    ]
)
_DE_OPENDOCUMENT = {"odt": b"opendocument.text", "odp": b"opendocument.presentation"}


class MaterialRechazado(Exception):
    """Por qué no se admite; completa la frase «este archivo…»."""


def validar_material(archivo) -> None:
    """Levanta ``ValidationError``, que nombra el archivo, si su extensión, su tamaño o su contenido no sirven."""
    extension = PurePosixPath(archivo.name).suffix.lstrip(".").lower()
    if extension not in EXTENSIONES:
        raise ValidationError(f"«{archivo.name}»: no se admite ese tipo de archivo. Suba {', '.join(EXTENSIONES)}.")
    if archivo.size > TOPE:
        pesa, tope = filesizeformat(archivo.size), filesizeformat(TOPE)
        raise ValidationError(f"«{archivo.name}» pesa {pesa} y lo más que se admite es {tope}: reduzca sus imágenes.")
    archivo.seek(0)
    try:
        _exigir_que_sea(archivo, extension)
    except (MaterialRechazado, PdfRechazado) as error:
        raise ValidationError(f"«{archivo.name}» {error}.") from error
    except (*_DANADO, *PDF_DANADO) as error:
        raise ValidationError(_no_es(archivo, extension)) from error
    finally:
        archivo.seek(0)


def _no_es(archivo, extension) -> str:
    return f"«{archivo.name}» no es un archivo {extension.upper()}: su contenido es otro o está dañado."


def _exigir_que_sea(archivo, extension) -> None:
    """Levanta ``ValidationError``, o lo que la biblioteca que lo lee levante, si no es lo que su nombre dice."""
    if extension == "pdf":
        if zipfile.is_zipfile(archivo):
            raise MaterialRechazado("es a la vez un PDF y un comprimido: vuelva a guardarlo como PDF")
        archivo.seek(0)
        exigir_pasivo(archivo.read())
        return
    if archivo.read(4) != b"PK\x03\x04":
        raise zipfile.BadZipFile
    with zipfile.ZipFile(archivo) as comprimido:
        _exigir_que_no_reviente(comprimido)
        _exigir_sin_programas(comprimido, extension)
        if not _es_el_documento(comprimido, extension):
            raise zipfile.BadZipFile


def _exigir_que_no_reviente(comprimido) -> None:
    """Ni lo que dice que lleva ni lo que en verdad lleva pasa de ``INFLADO``; con clave no se puede saber."""
    miembros = comprimido.infolist()
    if any(miembro.flag_bits & 1 for miembro in miembros):
        raise MaterialRechazado("tiene clave: súbalo sin ella")
    if len(miembros) > MIEMBROS or sum(miembro.file_size for miembro in miembros) > INFLADO:
        raise MaterialRechazado("se infla demasiado al abrirlo: quite lo que no haga falta")
    if comprimido.testzip() is not None:  # lee cada uno hasta el tamaño que dijo tener
        raise zipfile.BadZipFile


def _exigir_sin_programas(comprimido, extension) -> None:
    for nombre in comprimido.namelist():
        ruta = PurePosixPath(nombre.replace("\\", "/").lower())
        if ruta.is_absolute() or ".." in ruta.parts:
            raise MaterialRechazado("lleva archivos que se guardarían fuera de su carpeta")
        if extension != "zip" and _es_macro(ruta):
            raise MaterialRechazado("lleva macros: guárdelo sin ellas")
        if extension == "zip" and ruta.suffix.lstrip(".") in _PELIGROSAS:
            raise MaterialRechazado(f"lleva dentro «{ruta.name}»: no se admiten programas ni comprimidos")


def _es_macro(ruta) -> bool:
    """El código de Word, PowerPoint y Excel, y el de OpenDocument."""
    return ruta.name == "vbaproject.bin" or "activex" in ruta.parts or ruta.parts[0] in {"basic", "scripts"}


def _es_el_documento(comprimido, extension) -> bool:
    nombres = comprimido.namelist()
    if extension in _MIEMBROS:
        return _MIEMBROS[extension] in nombres and not _admite_macros(comprimido)
    if extension in _DE_OPENDOCUMENT:
        if "mimetype" not in nombres:
            return False
        with comprimido.open("mimetype") as miembro:
            return _DE_OPENDOCUMENT[extension] in miembro.read(100)
    return bool(nombres)


def _admite_macros(comprimido) -> bool:
    """Un .docm al que le cambiaron el nombre."""
    if "[Content_Types].xml" not in comprimido.namelist():
        return False
    with comprimido.open("[Content_Types].xml") as miembro:
        return b"macroEnabled" in miembro.read(200_000)


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
