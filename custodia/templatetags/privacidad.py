from django import template

from custodia.actions import aviso_vigente

register = template.Library()


@register.inclusion_tag("components/aviso_de_datos.html")
def aviso_de_datos(finalidad: str):
    """El aviso vigente de una finalidad (``Aviso.Finalidad``), para el formulario que pide esos datos."""
    return {"aviso": aviso_vigente(finalidad)}
