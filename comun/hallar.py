"""Hallar filas por lo que alguien teclea, la mejor primero: sin tildes, en cualquier orden y con errores (ADR 0033).

El índice da unas cientas de candidatas y ``rapidfuzz`` las ordena. Si casi ninguna calza, cada palabra se compara con
las que de verdad hay en la columna y se busca otra vez con las más parecidas.
"""

import re
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connections
from django.db.models import Q
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from comun.busqueda import filtrar_por_texto, palabras_de
from comun.indice import COLUMNA, MINIMO, expresion, palabras_de_la_tabla, tabla_fts, tiene_indice
from comun.texto import normalizar

CANDIDATAS = 300
PARECIDAS = 50  # las que muestra una lista cuando ninguna calza
POCAS = 3  # con menos, se buscan también las parecidas
ALTERNATIVAS = 5
CINCO_MINUTOS = 300
# Letras de más, de menos, cambiadas o trocadas que se perdonan a una palabra de hasta ese largo.
_PERDON = ((3, 0), (5, 1), (8, 2), (30, 3))
_PALABRA = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Busqueda:
    """Lo tecleado: sus palabras y, de cada una, las formas que valen por ella y cuánto (1 es ella misma)."""

    palabras: tuple[str, ...]
    formas: tuple[dict[str, float], ...]

    def nota(self, titulo: str, texto: str) -> float:
        """Cada palabra puntúa donde mejor calza; a igual suma, lo que más se parece entero."""
        del_titulo, todas = _PALABRA.findall(titulo), _PALABRA.findall(texto)
        suma = sum(_nota_de(formas, titulo, del_titulo, texto, todas) for formas in self.formas)
        return suma + fuzz.ratio(" ".join(self.palabras), titulo) / 100


def hallar(queryset, consulta: str, limite: int, titulo: tuple[str, ...]) -> list:
    """Hasta ``limite`` filas de ``queryset``, que ya viene en su alcance, de la mejor a la peor.

    ``titulo``: los campos que juntos son su nombre («apellidos», «nombres»); lo hallado en él vale más.
    """
    llaves = llaves_de(queryset, consulta, limite, titulo)
    filas = queryset.filter(pk__in=llaves).in_bulk() if llaves else {}
    return [filas[llave] for llave in llaves if llave in filas]


def llaves_de(queryset, consulta: str, limite: int, titulo: tuple[str, ...]) -> list:
    """Las llaves de ``hallar``, sin traer las filas."""
    palabras = tuple(palabras_de(consulta))
    if not palabras:
        return []
    queryset = queryset.order_by().select_related(None).prefetch_related(None)
    halladas = _candidatas(queryset, [[f" {palabra}"] for palabra in palabras], titulo)
    if len(halladas) < limite and any(len(palabra) >= MINIMO for palabra in palabras):
        halladas |= _candidatas(queryset, [[palabra] for palabra in palabras], titulo)
    busqueda = Busqueda(palabras, tuple({palabra: 1.0} for palabra in palabras))
    if len(halladas) < POCAS:
        busqueda = _con_parecidas(queryset, palabras)
        grupos = [[f" {forma}" for forma in formas] for formas in busqueda.formas]
        halladas |= _candidatas(queryset, grupos, titulo)
    notas = {llave: busqueda.nota(nombre, texto) for llave, (nombre, texto) in halladas.items()}
    return sorted(notas, key=lambda llave: (-notas[llave], halladas[llave], llave))[:limite]


def con_texto_o_parecidas(queryset, consulta: str):
    """``filtrar_por_texto`` y, si nada calza, las filas parecidas: para una lista, que pone su propio orden."""
    return o_parecidas(filtrar_por_texto(queryset, consulta), queryset, consulta)


def o_parecidas(halladas, queryset, consulta: str):
    """``halladas`` o, si no hay ninguna y el modelo tiene índice, las de ``queryset`` que más se parecen."""
    if not tiene_indice(queryset.model) or halladas.order_by().exists():
        return halladas
    return queryset.filter(pk__in=llaves_de(queryset, consulta, PARECIDAS, ()))


def _candidatas(queryset, grupos, titulo) -> dict:
    """{llave: (título, texto)} de las que tienen, de cada grupo, algún fragmento. Uno con espacio empieza palabra."""
    filas = queryset
    if connections[queryset.db].vendor == "postgresql":
        for grupo in grupos:
            filas = filas.filter(**{f"{COLUMNA}__regex": _patron(grupo)})
    else:
        largos = [grupo for grupo in grupos if all(len(fragmento) >= MINIMO for fragmento in grupo)]
        filas = _con_fts(filas, largos) if largos else filas
        for grupo in grupos:
            filas = filas if grupo in largos else filas.filter(_alguno(grupo))
    valores = filas.values_list("pk", COLUMNA, *titulo)[:CANDIDATAS]
    return {llave: (normalizar(" ".join(nombre)), texto) for llave, texto, *nombre in valores}


def _con_fts(queryset, grupos):
    """Con el índice por delante: SQLite lo recorre hasta juntar lo que se pide, sin hacer antes la lista entera."""
    tabla = queryset.model._meta.db_table
    fts = tabla_fts(tabla)
    return queryset.extra(  # noqa: S610 - los nombres son del modelo; lo tecleado va en params
        tables=[fts], where=[f'"{fts}" MATCH %s', f'"{fts}".rowid = "{tabla}"."id"'], params=[expresion(grupos)]
    )


def _patron(grupo) -> str:
    """Una sola expresión regular: con un LIKE por fragmento, PostgreSQL deja el índice y recorre la tabla."""
    return "|".join(f"(^| ){re.escape(f[1:])}" if f.startswith(" ") else re.escape(f) for f in grupo)


def _alguno(grupo) -> Q:
    condicion = Q()
    for fragmento in grupo:
        condicion |= Q(**{f"{COLUMNA}__contains": fragmento})
        if fragmento.startswith(" "):
            condicion |= Q(**{f"{COLUMNA}__startswith": fragmento[1:]})
    return condicion


def _nota_de(formas, titulo, del_titulo, texto, todas) -> float:
    return max(valor * _donde(forma, titulo, del_titulo, texto, todas) for forma, valor in formas.items())


def _donde(forma, titulo, del_titulo, texto, todas) -> float:
    """3 si es una palabra del título; menos si solo la empieza, si está dentro de otra o fuera del título."""
    if forma not in texto and forma not in titulo:
        return 0.0
    for palabras, entera, comienzo in ((del_titulo, 3.0, 2.0), (todas, 1.5, 1.0)):
        if forma in palabras:
            return entera
        if any(palabra.startswith(forma) for palabra in palabras):
            return comienzo
    return 0.8 if forma in titulo else 0.5


def _con_parecidas(queryset, palabras) -> Busqueda:
    tabla, base = queryset.model._meta.db_table, connections[queryset.db]
    conocidas = cache.get_or_set(f"busqueda.{tabla}", lambda: palabras_de_la_tabla(base, tabla), CINCO_MINUTOS)
    return Busqueda(palabras, tuple({palabra: 1.0} | parecidas(palabra, conocidas) for palabra in palabras))


def parecidas(palabra: str, conocidas: list[str]) -> dict[str, float]:
    """Las ``conocidas`` que ``palabra`` quiso ser, enteras o a medio escribir, y cuánto se le parecen (de 0 a 1)."""
    perdon = next((cuantas for largo, cuantas in _PERDON if len(palabra) <= largo), 0)
    if not perdon or not palabra.isalpha():
        return {}
    halladas = {}
    for escrita in {palabra, palabra.replace("k", "qu"), palabra.replace("w", "hu")}:  # «Kispe», «Wanka»
        comienzos = [conocida[: len(escrita)] for conocida in conocidas]
        for opciones, rebaja in ((conocidas, 0.0), (comienzos, 0.05)):
            cercanas = process.extract(escrita, opciones, scorer=OSA.distance, score_cutoff=perdon, limit=ALTERNATIVAS)
            for _, distancia, posicion in cercanas:
                valor = 0.9 - 0.15 * distancia - rebaja
                halladas[conocidas[posicion]] = max(valor, halladas.get(conocidas[posicion], 0.0))
    return halladas
