"""El mensaje de un envío como lo verá la gente, sin los datos de nadie."""

from html import escape

from django.conf import settings

from .models import Envio

# Un enlace de baja de verdad daría de baja a su dueño.
EJEMPLO = {"%NOMBRE%": "Nombre y apellido", "%URL_BAJA%": settings.URL_DEL_SITIO}


def vista_previa(envio: Envio) -> dict[str, str]:
    """Asunto, texto y HTML con las marcas llenas de ejemplo."""
    html = _llenar(envio.html, escape)
    return {
        "asunto": _llenar(envio.asunto),
        "texto": _llenar(envio.texto),
        # Las imágenes, de donde se abrió la intranet, que puede no ser la dirección pública.
        "html": html.replace(f'src="{settings.URL_DEL_SITIO}/', 'src="/'),
    }


def _llenar(texto: str, preparar=str) -> str:
    for marca, ejemplo in EJEMPLO.items():
        texto = texto.replace(marca, preparar(ejemplo))
    return texto
