"""Todas las direcciones que el portal monta, cada una con el nombre con que se declara."""

from collections.abc import Iterator

from django.urls import URLPattern, get_resolver


def nombre_de(hallada) -> str:
    """El nombre con que se declara lo que resolvió una dirección (un ``ResolverMatch``)."""
    if hallada.url_name:
        return hallada.view_name
    return f"ruta:{hallada.route}"


def todas(nodo=None, delante: str = "", espacios: tuple[str, ...] = ()) -> Iterator[tuple[str, str, URLPattern]]:
    """(nombre, ruta, patrón) de cada dirección montada: las nuestras, las de Wagtail y las de otras bibliotecas."""
    for parte in (nodo or get_resolver()).url_patterns:
        ruta = _junta(delante, str(parte.pattern))
        if isinstance(parte, URLPattern):
            yield (":".join((*espacios, parte.name)) if parte.name else f"ruta:{ruta}"), ruta, parte
        else:
            yield from todas(parte, ruta, (*espacios, parte.namespace) if parte.namespace else espacios)


def _junta(delante: str, ruta: str) -> str:
    """Como la junta Django en ``ResolverMatch.route``."""
    return delante + ruta.removeprefix("^") if delante else ruta
