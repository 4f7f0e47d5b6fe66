"""«¿Quiso decir…?»: la palabra del portal que más se parece a la que nadie escribe así."""

from collections import Counter

from django.core.cache import cache
from rapidfuzz import process
from rapidfuzz.distance import OSA
from wagtail.models import Page

from comun.relevancia import PREFIJO, terminos
from comun.texto import normalizar, palabras, raiz
from eventos.models import Capacitacion
from organizacion.models import Departamento, Sistema
from organizacion.publico import version_publica

from .models import Norma, Sinonimo

DIEZ_MINUTOS = 600
# Desde cuántas letras se perdona una errata, y desde cuántas dos.
UNA_ERRATA = 4
DOS_ERRATAS = 8


def corregir(consulta: str) -> str:
    """``consulta`` con las palabras que el portal no usa cambiadas por la más parecida; «» si nada cambia."""
    conocidas = cache.get_or_set(f"home.vocabulario.{version_publica()}", _leer, DIEZ_MINUTOS)
    pedidas = terminos(consulta)
    corregidas = [_corregida(palabra, conocidas) for palabra in pedidas]
    return " ".join(corregidas) if any(a != normalizar(b) for a, b in zip(pedidas, corregidas, strict=True)) else ""


def _corregida(palabra: str, conocidas: dict[str, tuple[str, int]]) -> str:
    if palabra in conocidas or raiz(palabra) in conocidas or len(palabra) < UNA_ERRATA:
        return palabra
    if len(palabra) >= PREFIJO and any(conocida.startswith(palabra) for conocida in conocidas):
        return palabra
    erratas = 2 if len(palabra) >= DOS_ERRATAS else 1
    parecidas = process.extract(palabra, list(conocidas), scorer=OSA.distance, score_cutoff=erratas, limit=10)
    mejores = sorted((distancia, -conocidas[otra][1], otra) for otra, distancia, _ in parecidas)
    return conocidas[mejores[0][2]][0] if mejores else palabra


def _leer() -> dict[str, tuple[str, int]]:
    """Por palabra normalizada, cómo se escribe con sus tildes y cuántas veces está en un título."""
    escritas, veces = {}, Counter()
    for titulo in _titulos():
        for palabra in "".join(letra if letra.isalnum() else " " for letra in titulo.lower()).split():
            for simple in palabras(normalizar(palabra)):
                escritas.setdefault(simple, palabra)
                veces[simple] += 1
    return {simple: (escritas[simple], veces[simple]) for simple in escritas}


def _titulos():
    yield from Page.objects.live().public().filter(depth__gt=2).values_list("title", flat=True)
    yield from Capacitacion.objects.publicadas().values_list("titulo", flat=True)
    yield from Norma.objects.values_list("titulo", flat=True)
    yield from Sinonimo.objects.values_list("equivale_a", flat=True)
    yield from Sinonimo.objects.values_list("termino", flat=True)
    yield from Sistema.objects.values_list("nombre", flat=True)
    yield from Departamento.objects.values_list("nombre", flat=True)
