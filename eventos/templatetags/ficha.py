"""Piezas de la página de una capacitación."""

from django import template

from eventos.models import Capacitacion

from .eventos import cuando_breve, cupos_en_palabras, donde_breve

register = template.Library()


@register.inclusion_tag("components/evento.html")
def evento_parecido(capacitacion: Capacitacion):
    """Otra capacitación, con lo justo para elegirla: va dentro de <ul class="agenda">."""
    return {
        "fecha": capacitacion.fecha_inicio,
        "titulo": capacitacion.titulo,
        "url": capacitacion.get_absolute_url(),
        "lineas": [cuando_breve(capacitacion), donde_breve(capacitacion), cupos_en_palabras(capacitacion)],
    }
