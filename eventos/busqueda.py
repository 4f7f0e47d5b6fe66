"""Buscar una entidad o un distrito escribiendo parte de su nombre, para los formularios públicos."""

import re

from django.core.cache import cache
from django.db.models import Q
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
    """Hasta ``limite`` dict(id, nombre, distrito), de la más parecida a la menos. Con menos de 3 letras, ninguna.

    ``consulta`` es parte del nombre y del lugar, o el ubigeo, el código SIAF o el RUC.
    """
    consulta = _limpia(consulta)
    if len(consulta) < MINIMO:
        return []
    activas = Entidad.objects.activas().order_by()
    # Se ordenan solo textos, sin cruzar tablas: son dos mil y se escribe letra a letra.
    llaves = _con_codigo(activas, consulta) or _por_texto(activas, consulta, limite)
    filas = activas.in_bulk(llaves[:limite]) if llaves else {}
    lugares = _lugares({fila.distrito_id for fila in filas.values()})
    elegidas = [filas[llave] for llave in llaves[:limite]]
    return [{"id": fila.pk, "nombre": fila.nombre, "distrito": lugares[fila.distrito_id]} for fila in elegidas]


def _con_codigo(activas, consulta):
    """Las del ``consulta`` si es un código: la de ese SIAF o RUC, y las del distrito de ese ubigeo."""
    if not consulta.isdecimal():
        return []
    siaf = {consulta, consulta.zfill(6), consulta.lstrip("0")} - {""}
    del_codigo = activas.filter(Q(codigo_siaf__in=siaf) | Q(ruc=consulta))
    del_distrito = activas.filter(distrito=consulta).order_by("nombre")
    return list(dict.fromkeys([*_llaves(del_codigo), *_llaves(del_distrito)]))


def _por_texto(activas, consulta, limite):
    halladas = _textos_de(activas.buscar(consulta))
    if not halladas:
        return [llave for _, llave, _ in _adivinar(consulta, _textos_de(activas), limite)]
    # Calzan por cualquier dato, pero la que se busca es la que se llama así.
    por_nombre = [(normalizar(nombre), llave) for _, llave, nombre in halladas]
    return [llave for _, llave in _ordenar(consulta, por_nombre, limite)]


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


def _llaves(entidades):
    return entidades.values_list("pk", flat=True)


def _textos_de(entidades):
    return list(entidades.values_list("texto_busqueda", "pk", "nombre"))


def _lugares(distritos) -> dict:
    """«Wanchaq, Cusco» de cada uno."""
    filas = Distrito.objects.filter(pk__in=distritos).values_list("pk", "nombre", "provincia__nombre")
    return {ubigeo: f"{nombre}, {provincia}" for ubigeo, nombre, provincia in filas}


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
