"""Un solo normalizador de texto: lo mismo se hace con lo que se indexa y con lo que se busca (ADR 0006)."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_palabra = re.compile(r"[a-z0-9]+")
# Palabras que no distinguen un texto de otro.
_SIN_PESO = """
    a al ante con como de del desde donde e el ella en entre es esta este esto ha hasta la las le les lo los mas me mi
    muy no nos o para pero por que se sea ser si sin sobre son su sus un una unas uno unos y ya
"""
VACIAS = frozenset(_SIN_PESO.split())


def normalizar(texto: str) -> str:
    """Devuelve ``texto`` en minúsculas, sin tildes ni diéresis y con un solo espacio entre palabras.

    >>> normalizar("  Áncash,  PEÑA ")
    'ancash, pena'
    """
    texto = str(texto)
    if not texto.isascii():  # lo ya normalizado, que es casi todo, no se descompone otra vez
        texto = "".join(c for c in unicodedata.normalize("NFKD", texto) if not unicodedata.combining(c))
    return " ".join(texto.casefold().split())


def palabras(texto: str) -> list[str]:
    """Devuelve las palabras con significado de ``texto``, que ya viene normalizado."""
    return [p for p in _palabra.findall(texto) if p not in VACIAS]


def raices(texto: str) -> list[str]:
    """Devuelve las raíces de las palabras con significado: «Inversiones públicas» → ``['inversion', 'public']``."""
    return [raiz(p) for p in palabras(normalizar(texto))]


@lru_cache(maxsize=50_000)
def raiz(palabra: str) -> str:
    """La raíz de una palabra ya normalizada; se calcula una vez por proceso."""
    # Uno nuevo cada vez: el reductor guarda estado y dos hilos no pueden compartirlo.
    return snowballstemmer.stemmer("spanish").stemWord(palabra)


def indexable(*partes: str) -> str:
    """Une ``partes`` reducidas a raíces: lo que se guarda en una columna o índice de búsqueda."""
    return " ".join(raices(" ".join(str(p) for p in partes if p)))
