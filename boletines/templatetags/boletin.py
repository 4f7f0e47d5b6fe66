"""Filtros para llevar el texto enriquecido de una edición al correo y al PDF."""

import re
from html import unescape

from django import template
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

register = template.Library()

_relativo = re.compile(r'\b(href|src)="/(?!/)')
_fin_de_parrafo = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>", re.IGNORECASE)


def enlaces_completos(html: str) -> str:
    """``html`` con sus enlaces e imágenes internos completos: fuera del sitio no hay «/»."""
    return _relativo.sub(rf'\1="{settings.URL_DEL_SITIO}/', html)


@register.filter
def absolutos(texto) -> SafeString:
    """Texto enriquecido, ya seguro, con ``enlaces_completos``."""
    return mark_safe(enlaces_completos(str(texto)))  # noqa: S308 - lo compuso Wagtail


@register.filter
def primer_parrafo(html) -> str:
    """El primer párrafo con texto de ``html``, sin etiquetas."""
    for parrafo in _fin_de_parrafo.split(str(html)):
        if texto := " ".join(unescape(strip_tags(parrafo)).split()):
            return texto
    return ""


@register.filter
def resumen(texto, palabras: int) -> str:
    """``texto`` plano hasta cinco veces ``palabras``, con sus párrafos: un editorial es más largo que una nota."""
    tope, parrafos = 5 * palabras, []
    for parrafo in str(texto).split("\n\n"):
        contadas = len(parrafo.split())
        if contadas > tope:
            parrafos.append(Truncator(parrafo).words(tope, truncate=" …"))
            break
        parrafos.append(parrafo)
        tope -= contadas
        if tope <= 0:
            break
    return "\n\n".join(parrafos)
