"""Piezas de plantilla de las capacitaciones."""

import segno
from django import template
from django.utils.safestring import mark_safe

from comun.templatetags.comun import fecha_larga, hora
from eventos.models import Capacitacion

register = template.Library()


@register.filter
def cuando_breve(capacitacion: Capacitacion) -> str:
    """«9:00 a. m. a 1:00 p. m.», o «hasta el viernes 27 de noviembre de 2026, en 3 sesiones»."""
    sesiones = list(capacitacion.sesiones.all())
    if capacitacion.fecha_inicio == capacitacion.fecha_fin:
        return " y ".join(f"{hora(s.hora_inicio)} a {hora(s.hora_fin)}" for s in sesiones)
    return f"Hasta el {fecha_larga(capacitacion.fecha_fin)}, en {len(sesiones)} sesiones"


@register.filter
def cupos_en_palabras(capacitacion: Capacitacion) -> str:
    """«Quedan 3 cupos», «Queda 1 cupo», «Sin cupos; hay lista de espera», o nada si no se puede inscribir."""
    libres = capacitacion.cupos_libres()
    if libres is None or not capacitacion.admite_inscripcion():
        return ""
    if libres == 0:
        return "Sin cupos; hay lista de espera"
    return "Queda 1 cupo" if libres == 1 else f"Quedan {libres} cupos"


@register.filter
def donde_breve(capacitacion: Capacitacion) -> str:
    """«Cusco: auditorio del centro»; si es virtual, quién la dicta."""
    centro = capacitacion.centro.nombre if capacitacion.centro_id else "Sede central"
    lugar = "virtual" if capacitacion.modalidad == Capacitacion.Modalidad.VIRTUAL else capacitacion.lugar
    return f"{centro}: {lugar}" if lugar else centro


@register.filter
def qr(codigo: str) -> str:
    """El código QR de ``codigo`` en SVG, con margen y fondo blanco para que se lea también en modo oscuro."""
    svg = segno.make(codigo, error="m", micro=False).svg_inline(scale=6, border=4, light="#fff", svgclass="qr")
    return mark_safe(svg)  # noqa: S308 - lo dibuja segno; el código solo lleva letras y dígitos


@register.inclusion_tag("components/evento.html")
def evento_de(capacitacion: Capacitacion):
    """Una capacitación en una lista: va dentro de <ul class="agenda">."""
    sistemas = [sistema.nombre for sistema in capacitacion.sistemas.all()]
    return {
        "fecha": capacitacion.fecha_inicio,
        "titulo": capacitacion.titulo,
        "url": capacitacion.get_absolute_url(),
        "lineas": [cuando_breve(capacitacion), donde_breve(capacitacion), cupos_en_palabras(capacitacion)],
        "etiquetas": [*sistemas, capacitacion.get_tipo_display()],
        "estado": "Cancelada" if capacitacion.esta_cancelada else "",
    }
