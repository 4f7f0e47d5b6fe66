"""Filtros para llevar el texto enriquecido de una edición al correo y al PDF."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_relativo = re.compile(r'\b(href|src)="/(?!/)')
_fin_de_parrafo = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)


@register.filter
def absolutos(html) -> SafeString:
    """``html`` (texto enriquecido ya seguro) con sus enlaces internos completos: fuera del sitio no hay «/»."""
    return mark_safe(_relativo.sub(rf'\1="{settings.URL_DEL_SITIO}/', str(html)))  # noqa: S308 - lo compuso Wagtail


@register.filter
def en_texto(html) -> str:
    """El texto de ``html`` sin etiquetas, un párrafo por línea."""
    lineas = (" ".join(linea.split()) for linea in _fin_de_parrafo.sub("\n", str(html)).split("\n"))
    return "\n".join(unescape(strip_tags(linea)).strip() for linea in lineas if linea)
