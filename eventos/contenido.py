"""El texto completo de una capacitación para quien la lee fuera de su página: agenda, RSS y JSON."""

import re
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from wagtail.rich_text import expand_db_html

from .models import Capacitacion

_control = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_relativo = re.compile(r'(href|src)="/(?!/)')
_CORTE = "<!--otra-->"


def sin_control(texto: str) -> str:
    """``texto`` sin los caracteres que ni XML ni iCalendar admiten."""
    return _control.sub("", texto)


def en_lineas(capacitacion: Capacitacion) -> list[str]:
    """Lo esencial en texto simple: qué le pasó, de qué trata, para quién y que es gratuita."""
    cambio = capacitacion.ultima_reprogramacion
    lineas = []
    if capacitacion.esta_cancelada:
        lineas = ["Cancelada.", capacitacion.motivo_cancelacion]
    elif cambio:
        lineas = [f"{cambio.titulo}.", cambio.antes, f"Motivo: {cambio.get_motivo_display()}."]
    publico = capacitacion.publico_objetivo
    lineas += [capacitacion.objetivo, f"Dirigida a: {publico}" if publico else "", "Es gratuita."]
    return [linea for linea in lineas if linea]


def textos_completos(capacitaciones: Sequence[Capacitacion]) -> list[str]:
    """El HTML de cada una, con direcciones completas; los enlaces de todas se resuelven de una vez."""
    unidas = _CORTE.join(capacitacion.descripcion.replace(_CORTE, "") for capacitacion in capacitaciones)
    descripciones = expand_db_html(unidas).split(_CORTE)
    return [
        _html(capacitacion, descripcion)
        for capacitacion, descripcion in zip(capacitaciones, descripciones, strict=bool(capacitaciones))
    ]


def _html(capacitacion, descripcion):
    contexto = {"capacitacion": capacitacion, "descripcion": descripcion, "cambio": capacitacion.ultima_reprogramacion}
    html = render_to_string("eventos/feed/contenido.html", contexto)
    return sin_control(_relativo.sub(rf'\1="{settings.URL_DEL_SITIO}/', html))
