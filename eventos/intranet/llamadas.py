"""Dónde está la lista de llamadas de una capacitación."""

from django.urls import NoReverseMatch, reverse


def url_de_llamadas(capacitacion) -> str:
    """Su lista de llamadas; mientras no haya una pantalla propia, el panel."""
    try:
        return reverse("eventos_intranet:llamadas", args=[capacitacion.pk])
    except NoReverseMatch:
        return reverse("eventos_intranet:panel", args=[capacitacion.pk])
