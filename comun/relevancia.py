"""Qué tan bien responde un texto a lo que se buscó: igual en SQLite y en PostgreSQL (ADR 0006)."""

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from comun.texto import normalizar, palabras, raiz

MAX_PALABRAS = 8
MAX_CANDIDATAS = 400
# Letras que bastan para preseleccionar filas y para dar por parientes «presupuesto» y «presupuestaria».
PREFIJO = 5
# Lo que la gente llama de otro modo: cada palabra busca también la otra.
SINONIMOS = {
    "curso": "capacitacion",
    "cursos": "capacitacion",
    "charla": "capacitacion",
    "charlas": "capacitacion",
    "taller": "capacitacion",
    "talleres": "capacitacion",
    "muni": "municipalidad",
    "oficina": "centro",
    "sede": "centro",
    "noticias": "boletin",
}


@lru_cache(256)
def terminos(consulta: str) -> tuple[str, ...]:
    """Las palabras con significado de ``consulta``, normalizadas, sin repetir y a lo más ``MAX_PALABRAS``."""
    return tuple(dict.fromkeys(palabras(normalizar(consulta.replace("\x00", " ")))))[:MAX_PALABRAS]


def candidatas(queryset: QuerySet, consulta: str, campo: str = "texto_busqueda") -> QuerySet:
    """Filas donde ``campo`` (texto normalizado o en raíces) tiene el comienzo de alguna palabra de ``consulta``."""
    condicion = Q(pk__in=[])
    for termino in terminos(consulta):
        for variante in _variantes(termino):
            comun = os.path.commonprefix([variante, raiz(variante)])
            condicion |= Q(**{f"{campo}__contains": comun[:PREFIJO]})
    return queryset.filter(condicion)[:MAX_CANDIDATAS]


def puntuar(consulta: str, titulo: str, texto: str = "") -> float:
    """La parte entera es cuántas palabras de ``consulta`` aparecen; la fracción, qué tan bien (el título vale más)."""
    del_titulo, del_texto = _fichas(titulo), _fichas(texto)
    notas = [_nota(termino, del_titulo, del_texto) for termino in terminos(consulta)]
    halladas = [nota for nota in notas if nota]
    return len(halladas) + 0.99 * sum(halladas) / len(notas) if halladas else 0.0


def mas_relevantes(
    filas: Iterable, consulta: str, ficha: Callable, limite: int, *, campo: str = "texto_busqueda"
) -> list[dict]:
    """Las ``limite`` fichas con mejor peso. ``ficha(fila)`` da tipo, titulo, url, fecha y texto.

    Se puntúa el título, el tipo y, si la fila lo tiene, ``campo``. Con algo en la ``pasada`` de su ficha, va después de
    las que responden igual y no han pasado.
    """
    fichas = []
    for fila in filas:
        datos = ficha(fila)
        texto = f"{datos['tipo']} {datos['texto']} {getattr(fila, campo, '')}"
        if peso := puntuar(consulta, datos["titulo"], texto):
            fichas.append(datos | {"peso": peso - (peso % 1) / 2 if datos.get("pasada") else peso})
    return sorted(fichas, key=_orden)[:limite]


def _orden(ficha: dict):
    """A igual peso, lo más cercano a hoy: la próxima capacitación, el último comunicado."""
    fecha = ficha.get("fecha")
    lejania = abs((fecha - timezone.localdate()).days) if isinstance(fecha, date) else 0
    return -ficha["peso"], lejania, ficha["titulo"]


def _variantes(termino: str) -> list[str]:
    return [termino, SINONIMOS[termino]] if termino in SINONIMOS else [termino]


def _fichas(texto: str) -> frozenset[str]:
    """Las palabras de ``texto`` y sus raíces."""
    suyas = set(palabras(normalizar(texto)))
    return frozenset(suyas | {raiz(palabra) for palabra in suyas})


def _nota(termino: str, titulo: frozenset[str], texto: frozenset[str]) -> float:
    """1 si está en el título, 0.5 si está en el texto, algo menos si solo son parientes, 0 si no está."""
    raices = [raiz(variante) for variante in _variantes(termino)]
    return max(max(_coincide(r, titulo), _coincide(r, texto) / 2) for r in raices)


def _coincide(buscada: str, fichas: frozenset[str]) -> float:
    if buscada in fichas:
        return 1.0
    if len(buscada) < PREFIJO:
        return 0.0
    parientes = (f.startswith(buscada) or (len(f) >= PREFIJO and buscada.startswith(f)) for f in fichas)
    return 0.8 if any(parientes) else 0.0
