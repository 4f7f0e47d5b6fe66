"""Lo que alguien se lleva del calendario: el programa impreso y el marco para otra web."""

from urllib.parse import urlencode

from django import template

from eventos.consulta import Consulta
from eventos.enlaces import url_absoluta
from eventos.programa import programas_de

register = template.Library()


@register.inclusion_tag("eventos/_imprimir.html")
def programa_para_imprimir(consulta: Consulta):
    """Los PDF del mes que se ve, o de este y el siguiente, si se mira un solo centro."""
    centros = consulta.form.cleaned_data["centro"]
    return {"programas": programas_de(centros[0], mes=consulta.mes) if len(centros) == 1 else []}


@register.simple_tag
def oembed_de(consulta: Consulta) -> str:
    """La dirección oEmbed de lo que se ve; «» si son varios centros, que no caben en un marco."""
    if len(consulta.form.cleaned_data["centro"]) > 1:
        return ""
    return f"{url_absoluta('eventos:oembed')}?{urlencode({'url': consulta.direccion, 'format': 'json'})}"
