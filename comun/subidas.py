"""Lo que se sube: que sea lo que dice ser, y que al guardarse no traiga nada más."""

import io
import threading
from collections.abc import Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageFile, ImageOps
from pypdf import PdfReader, PdfWriter

from .pdf_ajeno import DANADO, PdfRechazado, solo_sus_paginas

TOPE = 20 * 1024 * 1024  # octetos
PIXELES = 60_000_000  # una foto de teléfono tiene hasta 50 millones
LADO = 2400  # píxeles: una hoja A4 a unos 200 por pulgada
FORMATOS = ("JPEG", "PNG", "WEBP")
TOPE_DE_TRAZO = 100 * 1024  # octetos: una firma pesa de 3 a 15 kB
LADO_DE_TRAZO = 1600  # píxeles
_CONTRASTE = 60  # de 255: menos no se ve
# Lo que Pillow levanta con un archivo dañado o hecho para dañar.
_IMAGEN_MALA = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)

_llave = threading.Lock()  # el ajuste de Pillow es de todo el proceso


def leer_imagen(archivo: UploadedFile) -> bytes:
    """La foto vuelta a codificar en JPEG, derecha, sin metadatos y de hasta ``LADO`` píxeles.

    Volver a codificarla deja fuera lo que otro programa escondió en ella. Levanta ``ValidationError``.
    """
    _exigir_tamano(archivo)
    archivo.seek(0)
    try:
        with _solo_enteras(), Image.open(archivo, formats=FORMATOS) as imagen:
            if imagen.width * imagen.height > PIXELES:
                raise ValidationError(f"«{archivo.name}» tiene demasiados píxeles: redúzcala.")
            imagen.draft("RGB", (LADO, LADO))  # un JPEG enorme se lee ya reducido
            derecha = _sobre_blanco(ImageOps.exif_transpose(imagen))
    except _IMAGEN_MALA as error:
        raise ValidationError(f"«{archivo.name}» no es una foto JPG, PNG o WebP, o está dañada.") from error
    derecha.thumbnail((LADO, LADO))
    salida = io.BytesIO()
    derecha.save(salida, "JPEG", quality=80, optimize=True)
    return salida.getvalue()


@contextmanager
def _solo_enteras():
    """WeasyPrint pide a Pillow rellenar de gris lo que falta de una foto cortada; en un registro, eso es perderlo."""
    with _llave:
        antes, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = antes


def _sobre_blanco(imagen) -> Image.Image:
    """Lo transparente se vuelve papel; sin esto, tinta."""
    if not imagen.has_transparency_data:
        return imagen.convert("RGB")
    con_alfa = imagen.convert("RGBA")
    fondo = Image.new("RGB", con_alfa.size, "white")
    fondo.paste(con_alfa, mask=con_alfa.getchannel("A"))
    return fondo


def leer_trazo(archivo: UploadedFile) -> bytes:
    """La firma hecha con el dedo: un PNG vuelto a codificar en grises, sin nada más. Levanta ``ValidationError``."""
    if archivo.size > TOPE_DE_TRAZO:
        raise ValidationError("La firma pesa demasiado: bórrela y firme otra vez.")
    archivo.seek(0)
    try:
        with Image.open(archivo, formats=("PNG",)) as imagen:
            if max(imagen.size) > LADO_DE_TRAZO:
                raise ValidationError("La firma tiene demasiados píxeles.")
            papel = Image.new("RGBA", imagen.size, "white")
            trazo = Image.alpha_composite(papel, imagen.convert("RGBA")).convert("L")
    except _IMAGEN_MALA as error:
        raise ValidationError("La firma no es una imagen PNG, o está dañada.") from error
    claro, oscuro = trazo.getextrema()[::-1]
    if claro - oscuro < _CONTRASTE:
        raise ValidationError("La firma está en blanco.")
    salida = io.BytesIO()
    trazo.save(salida, "PNG", optimize=True)
    return salida.getvalue()


def leer_pdf(archivo: UploadedFile) -> bytes:
    """El PDF vuelto a escribir solo con sus páginas, sin acciones ni adjuntos. Levanta ``ValidationError``."""
    _exigir_tamano(archivo)
    archivo.seek(0)
    try:
        return solo_sus_paginas(archivo.read())
    except PdfRechazado as error:
        raise ValidationError(f"«{archivo.name}» {error}.") from error
    except DANADO as error:
        raise ValidationError(f"«{archivo.name}» está dañado: ábralo y vuelva a guardarlo como PDF.") from error


def leer_escaneo(archivos: Sequence[UploadedFile]) -> tuple[bytes, int]:
    """Un solo PDF con los ``archivos`` (PDF o fotos) en el orden dado, y cuántas páginas tiene.

    Levanta ``ValidationError`` con lo que está mal en cada uno.
    """
    escritor, errores = PdfWriter(), []
    for archivo in archivos:
        try:
            escritor.append(PdfReader(io.BytesIO(_como_pdf(archivo))))
        except ValidationError as error:
            errores += error.messages
    if errores:
        raise ValidationError(errores)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue(), len(escritor.pages)


def _como_pdf(archivo) -> bytes:
    """Lo que es lo dice su contenido, no su nombre."""
    archivo.seek(0)
    comienzo = archivo.read(5)
    if comienzo == b"%PDF-" or str(archivo.name).lower().endswith(".pdf"):
        return leer_pdf(archivo)
    return pdf_de_imagenes([leer_imagen(archivo)])


def pdf_de_imagenes(fotos: list[bytes]) -> bytes:
    """Un PDF con una foto por página A4, en el orden dado. ``fotos``: JPEG ya leídos con ``leer_imagen``."""
    escritor = PdfWriter()
    for foto in fotos:
        pagina = io.BytesIO()
        with Image.open(io.BytesIO(foto)) as imagen:
            # 210 mm de ancho, o de alto si está apaisada.
            puntos = min(imagen.size) / 8.27
            imagen.save(pagina, "PDF", resolution=puntos)
        escritor.append(pagina)
    salida = io.BytesIO()
    escritor.write(salida)
    return salida.getvalue()


def _exigir_tamano(archivo) -> None:
    if archivo.size > TOPE:
        pesa, tope = filesizeformat(archivo.size), filesizeformat(TOPE)
        raise ValidationError(f"«{archivo.name}» pesa {pesa} y lo más que se admite es {tope}.")
