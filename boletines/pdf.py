"""El PDF de una edición: A4 a dos columnas, PDF/UA-1."""

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

from boletines.edicion import contenido_de
from comun.pdf import pdf_desde_html
from organizacion.models import AjustesPortal, Centro

UN_DIA = 24 * 60 * 60


def pdf_de(boletin, centro: Centro | None = None) -> bytes:
    """El de la parte del MEF o, con ``centro``, el de su edición. Se compone de nuevo solo si cambia lo que muestra."""
    contexto = {"ajustes": AjustesPortal.load(), "url_sitio": settings.URL_DEL_SITIO}
    html = render_to_string("boletines/boletin_pdf.html", contenido_de(boletin, centro) | contexto)
    clave = f"boletin-pdf:{sha256(html.encode()).hexdigest()}"
    return cache.get_or_set(clave, lambda: pdf_desde_html(html), UN_DIA)
