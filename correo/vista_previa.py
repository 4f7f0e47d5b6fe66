"""El mensaje de un envío como lo verá la gente, sin los datos de nadie."""

from html import escape

from django.conf import settings

from .mensaje import MARCAS
from .models import Entrega, Envio


def vista_previa(envio: Envio) -> dict[str, str]:
    """Asunto, texto y HTML con las marcas llenas de ejemplo: un enlace de baja de verdad daría de baja a su dueño."""
    ejemplo = Entrega(nombre="Nombre y apellido", url_baja=settings.URL_DEL_SITIO)
    return {
        "asunto": _llenar(envio.asunto, ejemplo),
        "texto": _llenar(envio.texto, ejemplo),
        # Las imágenes, de donde se abrió la intranet, que puede no ser la dirección pública.
        "html": _llenar(envio.html, ejemplo, escape).replace(f'src="{settings.URL_DEL_SITIO}/', 'src="/'),
    }


def _llenar(texto: str, ejemplo: Entrega, preparar=str) -> str:
    for marca, llenar in MARCAS.items():
        texto = texto.replace(marca, preparar(llenar(ejemplo)))
    return texto
