"""Lo que comparten las páginas de contenido."""

from django.utils.html import strip_tags

# Los títulos de sección empiezan en h2: el h1 es el de la página.
CON_SECCIONES = ["h2", "h3", "bold", "italic", "link", "ul", "ol", "document-link"]
TEXTO_SIMPLE = ["bold", "italic", "link", "ul", "ol", "document-link"]


def sin_html(html: str) -> str:
    """El texto de ``html``, con un espacio donde había una etiqueta."""
    return strip_tags(html.replace("<", " <"))
