"""Qué tan bien responde un texto a lo que se buscó: igual en SQLite y en PostgreSQL (ADR 0006)."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils import timezone

from comun.registros import fuentes_de_sinonimos
from comun.texto import normalizar, palabras, raiz

MAX_PALABRAS = 8
MAX_CANDIDATAS = 400
# Letras que bastan para preseleccionar filas y para dar por parientes «presupuesto» y «presupuestaria».
PREFIJO = 5
# «presu*»: la última palabra está a medio escribir.
INCOMPLETA = "*"
# Lo hallado por un sinónimo va después de lo que tiene la palabra misma.
POR_SINONIMO = 0.9


@dataclass(frozen=True)
class Termino:
    """Una palabra buscada: ella y lo que equivale a ella, cada cosa en raíces. ``incompleta`` vale como comienzo."""

    palabra: str
    formas: tuple[tuple[str, ...], ...]
    incompleta: bool = False


@lru_cache(256)
def terminos(consulta: str) -> tuple[str, ...]:
    """Las palabras con significado de ``consulta``, normalizadas, sin repetir y a lo más ``MAX_PALABRAS``."""
    return tuple(dict.fromkeys(palabras(normalizar(consulta.replace("\x00", " ")))))[:MAX_PALABRAS]


def interpretar(consulta: str) -> tuple[Termino, ...]:
    """Los términos de ``consulta`` con sus sinónimos. Si termina en «*», el último es un comienzo de palabra."""
    pedidas = terminos(consulta)
    a_medias = consulta.rstrip().endswith(INCOMPLETA)
    sinonimos = _sinonimos()
    return tuple(
        Termino(
            palabra,
            ((raiz(palabra),), *(sinonimos.get(palabra) or sinonimos.get(raiz(palabra), ()))),
            incompleta=a_medias and palabra == pedidas[-1],
        )
        for palabra in pedidas
    )


def candidatas(queryset: QuerySet, consulta: str, campo: str = "texto_busqueda") -> QuerySet:
    """Filas donde ``campo`` (texto normalizado o en raíces) tiene el comienzo de alguna palabra de ``consulta``."""
    condicion = Q(pk__in=[])
    for termino in interpretar(consulta):
        for comienzo in _comienzos(termino):
            condicion |= Q(**{f"{campo}__contains": comienzo})
    return queryset.filter(condicion)[:MAX_CANDIDATAS]


def puntuar(consulta: str | tuple[Termino, ...], titulo: str, texto: str = "") -> float:
    """La parte entera es cuántas palabras de ``consulta`` aparecen; la fracción, qué tan bien (el título vale más)."""
    pedidos = interpretar(consulta) if isinstance(consulta, str) else consulta
    del_titulo, del_texto = _fichas(titulo), _fichas(texto)
    notas = [_nota(termino, del_titulo, del_texto) for termino in pedidos]
    halladas = [nota for nota in notas if nota]
    return len(halladas) + 0.99 * sum(halladas) / len(notas) if halladas else 0.0


def mas_relevantes(
    filas: Iterable, consulta: str, ficha: Callable, limite: int, *, campo: str = "texto_busqueda"
) -> list[dict]:
    """Las ``limite`` fichas con mejor peso. ``ficha(fila)`` da tipo, titulo, url, fecha y texto.

    Se puntúa el título, el tipo y, si la fila lo tiene, ``campo``. Con algo en la ``pasada`` de su ficha, va después de
    las que responden igual y no han pasado.
    """
    pedidos, fichas = interpretar(consulta), []
    for fila in filas:
        datos = ficha(fila)
        texto = f"{datos['tipo']} {datos['texto']} {getattr(fila, campo, '')}"
        if peso := puntuar(pedidos, datos["titulo"], texto):
            fichas.append(datos | {"peso": peso - (peso % 1) / 2 if datos.get("pasada") else peso})
    return sorted(fichas, key=_orden)[:limite]


def coincide(palabra: str, pedidos: tuple[Termino, ...]) -> bool:
    """Si ``palabra``, tal como está en un texto, es una de las buscadas: para resaltarla."""
    suyas = _fichas(palabra)
    if not suyas:
        return False
    sueltos = any(_coincide(parte, suyas) for termino in pedidos for forma in termino.formas for parte in forma)
    return sueltos or any(_hallado(termino, suyas) for termino in pedidos)


def _orden(ficha: dict):
    """A igual peso, lo más cercano a hoy: la próxima capacitación, el último comunicado."""
    fecha = ficha.get("fecha")
    lejania = abs((fecha - timezone.localdate()).days) if isinstance(fecha, date) else 0
    return -ficha["peso"], lejania, ficha["titulo"]


def _sinonimos() -> dict[str, tuple[tuple[str, ...], ...]]:
    juntos: dict = {}
    for fuente in fuentes_de_sinonimos:
        juntos |= fuente()
    return juntos


def _comienzos(termino: Termino) -> set[str]:
    """Con qué empiezan las palabras que harían hallar ``termino``, hasta ``PREFIJO`` letras."""
    propio = termino.palabra if termino.incompleta else os.path.commonprefix([termino.palabra, raiz(termino.palabra)])
    ajenos = {parte[:PREFIJO] for forma in termino.formas[1:] for parte in forma}
    return {propio[:PREFIJO], *ajenos}


@lru_cache(2048)
def _fichas(texto: str) -> frozenset[str]:
    """Las palabras de ``texto`` y sus raíces."""
    suyas = set(palabras(normalizar(texto)))
    return frozenset(suyas | {raiz(palabra) for palabra in suyas})


def _nota(termino: Termino, titulo: frozenset[str], texto: frozenset[str]) -> float:
    """1 si está en el título, 0.5 si está en el texto, algo menos si solo son parientes, 0 si no está."""
    return max(_hallado(termino, titulo), _hallado(termino, titulo | texto) / 2)


def _hallado(termino: Termino, fichas: frozenset[str]) -> float:
    """Qué tan bien está ``termino`` en ``fichas``: él mismo o, algo menos, todas las palabras de un sinónimo."""
    propia, *ajenas = termino.formas
    por_sinonimo = (min(_coincide(parte, fichas) for parte in forma) for forma in ajenas)
    comienzo = termino.incompleta and any(ficha.startswith(termino.palabra) for ficha in fichas)
    return max(1.0 if comienzo else _coincide(propia[0], fichas), POR_SINONIMO * max(por_sinonimo, default=0.0))


def _coincide(buscada: str, fichas: frozenset[str]) -> float:
    if buscada in fichas:
        return 1.0
    if len(buscada) < PREFIJO:
        return 0.0
    parientes = (f.startswith(buscada) or (len(f) >= PREFIJO and buscada.startswith(f)) for f in fichas)
    return 0.8 if any(parientes) else 0.0
