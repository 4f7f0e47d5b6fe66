"""Los sinónimos que edita el personal, listos para el buscador (ADR 0006)."""

from django.core.cache import cache

from comun.registros import fuentes_de_sinonimos
from comun.texto import raices, raiz

from .models import Sinonimo
from .models.sinonimo import LLAVE_DE_SINONIMOS

UN_MINUTO = 60  # lo que tarda en ver un cambio otro proceso, si cada uno tiene su caché
# Una sigla se busca tal cual: la raíz de «casa» es «cas».
CON_PLURAL = 5


@fuentes_de_sinonimos.anotar
def sinonimos() -> dict:
    """Cada palabra, y su raíz si no es una sigla, con las raíces de lo que equivale a ella."""
    return cache.get_or_set(LLAVE_DE_SINONIMOS, _leer, UN_MINUTO)


def _leer() -> dict:
    mapa = {}
    for termino, equivale_a in Sinonimo.objects.values_list("termino", "equivale_a"):
        formas = tuple(forma for frase in equivale_a.split(",") if (forma := tuple(raices(frase))))
        if len(termino) >= CON_PLURAL:
            mapa.setdefault(raiz(termino), formas)
        mapa[termino] = formas
    return mapa
