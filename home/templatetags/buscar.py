import re

from django import template
from django.utils.html import format_html, format_html_join

from comun.relevancia import coincide

register = template.Library()

PALABRA = re.compile(r"(\w+)")


@register.filter
def resaltar(texto, pedidos):
    """``texto`` escapado, con <mark> en las palabras que se buscaron (``pedidos``, de ``comun.relevancia``)."""
    partes = PALABRA.split(str(texto))
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", parte) if coincide(parte, pedidos) else parte,) for parte in partes)
    )
