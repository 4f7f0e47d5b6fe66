"""Lo que se sube: que sea lo que dice ser, y que al guardarse no traiga nada más."""

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

TOPE = 20 * 1024 * 1024  # octetos
PIXELES = 60_000_000  # una foto de teléfono tiene hasta 50 millones
LADO = 2400  # píxeles: una hoja A4 a unos 200 por pulgada
FORMATOS = ("JPEG", "PNG", "WEBP")
TOPE_DE_TRAZO = 100 * 1024  # octetos: una firma pesa de 3 a 15 kB
LADO_DE_TRAZO = 1600  # píxeles
_CONTRASTE = 60  # de 255: menos no se ve
# Lo que Pillow levanta con un archivo dañado o hecho para dañar.
_ACTIVO = ("/AA", "/Annots")  # lo que una página puede ejecutar; el resto del documento no se copia
_IMAGEN_MALA = (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning)


def leer_imagen(archivo: UploadedFile) -> bytes:
    """La foto vuelta a codificar en JPEG, derecha, sin metadatos y de hasta ``LADO`` píxeles.

    Volver a codificarla deja fuera lo que otro programa escondió en ella. Levanta ``ValidationError``.
    """
    _exigir_tamano(archivo)
    archivo.seek(0)
    try:
        with Image.open(archivo, formats=FORMATOS) as imagen:
            if imagen.width * imagen.height > PIXELES:
                raise ValidationError(f"«{archivo.name}» tiene demasiados píxeles: redúzcala.")
            derecha = ImageOps.exif_transpose(imagen).convert("RGB")
    except _IMAGEN_MALA as error:
        raise ValidationError(f"«{archivo.name}» no es una foto JPG, PNG o WebP, o está dañada.") from error
    derecha.thumbnail((LADO, LADO))
    salida = io.BytesIO()
    derecha.save(salida, "JPEG", quality=80, optimize=True)
    return salida.getvalue()


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
    contenido = archivo.read()
    if not contenido.startswith(b"%PDF-"):
        raise ValidationError(f"«{archivo.name}» no es un PDF: su contenido es otro o está dañado.")
    try:
        lector = PdfReader(io.BytesIO(contenido))
        if lector.is_encrypted:
            raise ValidationError(f"«{archivo.name}» tiene clave: súbalo sin ella.")
        escritor = PdfWriter()
        for pagina in lector.pages:
            for activo in _ACTIVO:
                pagina.pop(activo, None)
            escritor.add_page(pagina)
        if not escritor.pages:
            raise ValidationError(f"«{archivo.name}» no tiene páginas.")
        salida = io.BytesIO()
        escritor.write(salida)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError(f"«{archivo.name}» está dañado: ábralo y vuelva a guardarlo como PDF.") from error
    return salida.getvalue()


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
