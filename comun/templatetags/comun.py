"""Filtros de plantilla del portal: fechas con día de la semana y horas del Perú, en palabras."""

import datetime as dt

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


def _local(valor):
    return timezone.localtime(valor) if isinstance(valor, dt.datetime) and timezone.is_aware(valor) else valor


@register.filter
def fecha_larga(valor):
    """«martes 24 de noviembre de 2026»."""
    return date_format(_local(valor), r"l j \d\e F \d\e Y") if valor else ""


@register.filter
def fecha_media(valor):
    """«mar. 24 nov. 2026», con mes y día abreviados."""
    return date_format(_local(valor), "D j M Y").lower() if valor else ""


@register.filter
def hora(valor):
    """«9:00 a. m.», con espacio duro entre sus partes."""
    if not valor:
        return ""
    valor = _local(valor)
    sufijo = "a.\u00a0m." if valor.hour < 12 else "p.\u00a0m."
    return f"{valor.hour % 12 or 12}:{valor.minute:02d}\u00a0{sufijo}"


@register.filter
def documento_velado(numero):
    """«****5678»: lo justo para reconocer un documento sin mostrarlo."""
    numero = str(numero or "")
    return f"****{numero[-4:]}" if numero else ""


@register.simple_tag(takes_context=True)
def con_parametros(context, **cambios):
    """La consulta de la dirección actual con ``cambios``; un valor vacío quita el parámetro."""
    consulta = context["request"].GET.copy()
    for nombre, valor in cambios.items():
        consulta.pop(nombre, None)
        if valor not in (None, ""):
            consulta[nombre] = valor
    return f"?{consulta.urlencode()}" if consulta else "?"


@register.inclusion_tag("components/migas.html")
def migas_de(pagina):
    """La ruta de una página de Wagtail, desde el inicio."""
    # El inicio ya se las deja a las páginas hondas (``home.HomePage.route``).
    madres = getattr(pagina, "madres", None) or pagina.get_ancestors().filter(depth__gt=1)
    return {"migas": [*((madre.title, madre.get_url()) for madre in madres), (pagina.title, "")]}


@register.simple_tag(takes_context=True)
def pintar_seccion(context, seccion):
    """Pinta un bloque de ``comun.registros`` (dict titulo, plantilla, contexto) con su propio contexto."""
    plantilla = context.template.engine.get_template(seccion["plantilla"])
    # La llave contra falsificación va con el bloque: los hay con botones.
    comunes = {llave: context.get(llave) for llave in ("request", "ajustes", "csrf_token")}
    return plantilla.render(context.new({**comunes, **seccion["contexto"]}))


@register.simple_tag(takes_context=True)
def pintar_en_pdf(context, seccion):
    """Lo mismo con su ``plantilla_pdf``, dentro de un documento: ahí no hay pedido."""
    plantilla = context.template.engine.get_template(seccion["plantilla_pdf"])
    return plantilla.render(context.new(seccion["contexto"]))
