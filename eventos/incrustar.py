"""Las próximas capacitaciones en la web de otra entidad: el marco que se copia y su dirección."""

from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.html import format_html

from organizacion.models import Centro

from .enlaces import url_absoluta

ANCHO, ALTO = 480, 560
CUANTAS = 6


class NoSeIncrusta(Exception):
    """La dirección no es de una página del portal que se pueda incrustar."""


def titulo_de(centro: Centro | None) -> str:
    de_quien = f"del {centro.nombre_completo}" if centro else "de los CONECTAMEF"
    return f"Próximas capacitaciones {de_quien}"


def direccion_de(centro: Centro | None) -> str:
    return url_absoluta("eventos:incrustar-centro", centro.slug) if centro else url_absoluta("eventos:incrustar")


def marco(centro: Centro | None, *, ancho: int | str = "100%", alto: int = ALTO) -> str:
    """El ``<iframe>`` que se pega en otra página; ``ancho`` en píxeles, o «100%»."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        direccion_de(centro),
        titulo_de(centro),
        ancho,
        alto,
    )


def centro_de(url: str, *, anfitrion: str) -> Centro | None:
    """El centro de la página ``url``, o ``None`` si es de todos. Levanta ``NoSeIncrusta``.

    Vale el calendario (con un centro o sin filtrar por centro), la página de un centro y el propio marco.
    """
    try:
        partes = urlsplit(url)
        if partes.netloc not in {anfitrion, urlsplit(settings.URL_DEL_SITIO).netloc}:
            raise NoSeIncrusta
        slugs = _slugs(partes)
    except ValueError as error:  # una dirección mal escrita
        raise NoSeIncrusta from error
    if not slugs:
        return None
    centro = Centro.objects.activos().filter(slug=slugs[0]).first()
    if centro is None or len(slugs) > 1:
        raise NoSeIncrusta
    return centro


def _slugs(partes) -> list[str]:
    if partes.path.startswith("/centros/"):
        return [partes.path.removeprefix("/centros/").strip("/")]
    try:
        ruta = resolve(partes.path)
    except Resolver404 as error:
        raise NoSeIncrusta from error
    if ruta.view_name == "eventos:incrustar-centro":
        return [ruta.kwargs["centro"]]
    if ruta.view_name in {"eventos:calendario", "eventos:incrustar"}:
        return [slug for slug in parse_qs(partes.query).get("centro", []) if slug]
    raise NoSeIncrusta
