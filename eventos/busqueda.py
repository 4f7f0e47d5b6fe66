"""Buscar una entidad o un distrito escribiendo parte de su nombre, para los formularios públicos."""

import re

from django.core.cache import cache
from rapidfuzz import fuzz, process

from comun.texto import normalizar
from directorio.models import Entidad
from organizacion.models import Distrito

MINIMO = 3
LIMITE = 10
PARECIDO = 75  # de 100: deja pasar «municipalida provicial cuzco»
DISTRITOS = "eventos.distritos"
UNA_HORA = 3600


def buscar_entidades(consulta: str, limite: int = LIMITE) -> list[dict]:
    """Hasta ``limite`` dict(id, nombre, distrito), del más parecido al menos. Con menos de 3 letras, ninguna."""
    consulta = _limpia(consulta)
    if len(consulta) < MINIMO:
        return []
    activas = Entidad.objects.activas()
    halladas = _textos_de(activas.buscar(consulta))
    mejores = _ordenar(consulta, halladas, limite) if halladas else _adivinar(consulta, _textos_de(activas), limite)
    return [{"id": pk, "nombre": nombre, "distrito": distrito} for _, pk, nombre, distrito in mejores]


def buscar_distritos(consulta: str, limite: int = LIMITE) -> list[dict]:
    """Hasta ``limite`` dict(id, nombre, distrito): el ubigeo, el nombre y su provincia y departamento."""
    consulta = _limpia(consulta)
    if len(consulta) < MINIMO:
        return []
    todos = cache.get_or_set(DISTRITOS, _distritos, UNA_HORA)
    palabras = consulta.split()
    hallados = [distrito for distrito in todos if all(palabra in distrito[0] for palabra in palabras)]
    mejores = _ordenar(consulta, hallados, limite) if hallados else _adivinar(consulta, todos, limite)
    return [{"id": ubigeo, "nombre": nombre, "distrito": resto} for _, ubigeo, nombre, resto in mejores]


def _limpia(consulta):
    return " ".join(re.findall(r"\w+", normalizar(consulta)))[:100]


def _textos_de(entidades):
    filas = entidades.values_list("pk", "nombre", "distrito__nombre", "distrito__provincia__nombre")
    return [(normalizar(f"{nombre} {d} {p}"), pk, nombre, f"{d}, {p}") for pk, nombre, d, p in filas]


def _distritos():
    filas = Distrito.objects.values_list("ubigeo", "nombre", "provincia__nombre", "provincia__departamento__nombre")
    return [(normalizar(f"{d} {p} {dep}"), ubigeo, d, f"{p}, {dep}") for ubigeo, d, p, dep in filas]


def _ordenar(consulta, filas, limite):
    """Las ``filas`` que ya calzan: primero las que tienen menos de más (el primer valor es el texto normalizado)."""
    return sorted(filas, key=lambda fila: (-fuzz.ratio(consulta, fila[0]), fila[0]))[:limite]


def _adivinar(consulta, filas, limite):
    """Ninguna calza: hubo un error al escribir; las ``filas`` más parecidas, si se parecen bastante."""
    textos = [fila[0] for fila in filas]
    mejores = process.extract(
        consulta, textos, scorer=fuzz.partial_token_sort_ratio, limit=limite, score_cutoff=PARECIDO
    )
    return [filas[posicion] for _, _, posicion in mejores]
