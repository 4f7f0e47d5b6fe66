"""Las direcciones que llevan el identificador de un centro siguen llegando cuando el centro cambia de nombre."""

from collections.abc import Mapping

from django.core.cache import cache

from .models import Centro, NombreDeCentro

LLAVE = "organizacion.direcciones-de-antes"
UN_MINUTO = 60  # lo que otro proceso puede tardar en enterarse


def direcciones_de_antes() -> Mapping[str, str]:
    """Identificador de antes → el de hoy. Uno que hoy usa un centro no está: volvió a su nombre."""
    return cache.get_or_set(LLAVE, _leer, UN_MINUTO)


def _leer() -> dict[str, str]:
    de_antes = dict(NombreDeCentro.objects.values_list("slug", "centro__slug"))
    for slug in Centro.objects.filter(slug__in=list(de_antes)).values_list("slug", flat=True):
        de_antes.pop(slug)
    return de_antes


def olvidar_direcciones() -> None:
    cache.delete(LLAVE)
