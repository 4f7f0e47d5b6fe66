"""Qué filas se parecen: por documento, por correo y por nombre. Un correo solo nunca basta: se comparte buzón."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import QuerySet
from rapidfuzz import fuzz

from comun.texto import normalizar

MUY_PARECIDOS = 90  # de 100, con las palabras en orden alfabético: «Mamani Quispe» y «Quispe Mamni»
CON_EL_MISMO_CORREO = 75
# Un buzón o un apellido de más filas que estas no distingue a nadie.
GRUPO_MAXIMO = 200
_no_es_letra = re.compile(r"[^a-z0-9 ]+")
_sonidos = (
    ("qu", "k"), ("ch", "x"), ("ll", "y"), ("gu", "g"), ("h", ""), ("c", "k"), ("q", "k"), ("v", "b"), ("z", "s"),
    ("w", "u"), ("j", "g"),
)  # fmt: skip


@dataclass(frozen=True)
class Parecido:
    """Dos filas (por llave primaria, la menor primero), por qué se parecen y cuánto (0 a 100)."""

    menor: int
    mayor: int
    razones: tuple[str, ...]
    grado: int


def nombre_para_comparar(*partes: str) -> str:
    """Cómo suena un nombre, sin tildes ni signos: «Quispe» y «Kispe» suenan igual."""
    return " ".join(_sonido(palabra) for palabra in _no_es_letra.sub(" ", normalizar(" ".join(partes))).split())


def _sonido(palabra: str) -> str:
    for escrito, suena in _sonidos:
        palabra = palabra.replace(escrito, suena)
    return re.sub(r"(.)\1+", r"\1", palabra)


def operadores_parecidos(filas: QuerySet) -> list[Parecido]:
    """Pares de ``filas`` (operadores) que podrían ser la misma persona, del más seguro al menos."""
    datos = {
        pk: _Operador(persona, (correo or "").lower(), provincia, nombre_para_comparar(apellidos, nombres))
        for pk, persona, correo, provincia, apellidos, nombres in filas.order_by().values_list(
            "pk", "persona", "correo", "entidad__distrito__provincia", "apellidos", "nombres"
        )
    }
    razones = defaultdict(list)
    for par in _pares(datos, lambda fila: [fila.persona] if fila.persona else []):
        razones[par].append("el mismo documento")
    for par in _pares(datos, lambda fila: [fila.correo] if fila.correo else []):
        if _grado(datos, par) >= CON_EL_MISMO_CORREO:
            razones[par].append("el mismo correo y nombre parecido")
    for par in _pares(datos, _por_sonido):
        if _grado(datos, par) >= MUY_PARECIDOS:
            razones[par].append("nombre muy parecido en la misma provincia")
    distintos = {par for par in razones if _documentos_distintos(datos, par)}
    hallados = [Parecido(*par, tuple(r), _grado(datos, par)) for par, r in razones.items() if par not in distintos]
    return sorted(hallados, key=lambda p: ("el mismo documento" not in p.razones, -p.grado, p.menor))


def entidades_parecidas(filas: QuerySet) -> list[Parecido]:
    """Pares de ``filas`` (entidades) que podrían ser la misma: nombre muy parecido en el mismo distrito."""
    datos, siaf = {}, {}
    for pk, nombre, distrito, codigo, padre in filas.order_by().values_list(
        "pk", "nombre", "distrito", "codigo_siaf", "padre"
    ):
        datos[pk] = _Entidad((distrito, padre), nombre_para_comparar(nombre))
        siaf[pk] = codigo
    hallados = []
    for menor, mayor in _pares(datos, lambda fila: [fila.lugar]):
        grado = _grado(datos, (menor, mayor))
        if grado >= MUY_PARECIDOS and not (siaf[menor] and siaf[mayor]):
            hallados.append(Parecido(menor, mayor, ("nombre muy parecido en el mismo distrito",), grado))
    return sorted(hallados, key=lambda p: (-p.grado, p.menor))


@dataclass(frozen=True)
class _Operador:
    persona: int | None
    correo: str
    provincia: str
    nombre: str


@dataclass(frozen=True)
class _Entidad:
    lugar: tuple
    nombre: str


def _por_sonido(fila: _Operador) -> Iterable:
    """Su provincia con el comienzo de cada palabra de su nombre."""
    return {(fila.provincia, palabra[:4]) for palabra in fila.nombre.split() if len(palabra) > 2}


def _pares(datos: dict, llaves_de) -> Iterator[tuple[int, int]]:
    """Cada par, una vez, de las filas que comparten alguna de las llaves que da ``llaves_de(fila)``."""
    grupos = defaultdict(list)
    for pk, fila in datos.items():
        for llave in llaves_de(fila):
            grupos[llave].append(pk)
    vistos = set()
    for grupo in grupos.values():
        if 1 < len(grupo) <= GRUPO_MAXIMO:
            for par in combinations(sorted(grupo), 2):
                if par not in vistos:
                    vistos.add(par)
                    yield par


def _grado(datos: dict, par: tuple[int, int]) -> int:
    menor, mayor = par
    return int(fuzz.token_sort_ratio(datos[menor].nombre, datos[mayor].nombre))


def _documentos_distintos(datos: dict, par: tuple[int, int]) -> bool:
    uno, otro = (datos[pk].persona for pk in par)
    return bool(uno and otro and uno != otro)
