import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Dentro de <script>, lo único que podría cerrarlo o abrir otra cosa.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def datos_estructurados(datos):
    """``datos`` (un dict de schema.org) como JSON-LD; ningún texto puede salirse del bloque."""
    texto = json.dumps(datos, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(texto))  # noqa: S308 - ya escapado
