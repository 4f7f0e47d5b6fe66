"""Componer un correo desde plantillas: asunto, texto y HTML listos para ``correo.actions.poner_en_cola``."""

import re
from typing import NamedTuple

import css_inline
from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string

from organizacion.models import AjustesPortal

# Los estilos van dentro de cada elemento; nunca se baja una hoja de estilos de la red.
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False)


class Mensaje(NamedTuple):
    asunto: str
    texto: str
    html: str


def componer(plantilla_base: str, contexto: dict) -> Mensaje:
    """Compone ``<plantilla_base>.txt`` y ``<plantilla_base>.html`` y devuelve ``(asunto, texto, html)``.

    ``plantilla_base`` es, por ejemplo, «eventos/correo/confirmacion». La primera línea del .txt es el asunto; el resto,
    el cuerpo, sin escape de HTML. El .html hereda de base_correo.html. Al contexto se suman ``ajustes`` y ``url_sitio``
    (sin barra final, para enlaces absolutos); ``centro`` y ``motivo``, si vienen, salen en el pie de las dos partes. El
    aviso de demostración va en ambas. Un masivo pasa ``url_baja="%URL_BAJA%"`` (ver ``correo.mensaje.MARCAS``).

    >>> asunto, texto, html = componer("eventos/correo/confirmacion", {"inscripcion": inscripcion})  # doctest: +SKIP
    """
    contexto = {"ajustes": AjustesPortal.load(), "url_sitio": settings.URL_DEL_SITIO, **contexto}
    asunto, _, cuerpo = _sin_escape(f"{plantilla_base}.txt", contexto).lstrip().partition("\n")
    texto = _sin_escape("correo/sobre.txt", {**contexto, "cuerpo": cuerpo.strip()})
    html = _inliner.inline(render_to_string(f"{plantilla_base}.html", {**contexto, "asunto": asunto.strip()}))
    return Mensaje(" ".join(asunto.split()), _sin_huecos(texto), html)


def _sin_escape(plantilla: str, contexto: dict) -> str:
    """Compone una plantilla de texto: un apellido «D'Angelo» no lleva entidades de HTML."""
    return get_template(plantilla).template.render(Context(contexto, autoescape=False))


def _sin_huecos(texto: str) -> str:
    """Las etiquetas de plantilla dejan líneas en blanco de sobra: queda a lo más una seguida."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", texto)).strip() + "\n"
