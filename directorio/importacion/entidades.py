"""Con qué se reconoce una entidad: sus códigos, su nombre de hoy, los de antes y la fila que se unió a ella."""

from collections import defaultdict

from comun.texto import normalizar
from directorio.models import Entidad, NombreDeEntidad

DE_ENTIDAD = ("entidad_siaf", "entidad_ruc", "entidad_ubigeo", "entidad_nombre")


def por_llave(entidades) -> dict[tuple, list[int]]:
    """Las activas de ``entidades``, por SIAF, RUC, distrito y nombre, y nombre solo."""
    llaves = defaultdict(list)
    filas = entidades.filter(fusionada_en=None, esta_activa=True).order_by()
    for pk, siaf, ruc, ubigeo, nombre in filas.values_list("pk", "codigo_siaf", "ruc", "distrito_id", "nombre"):
        for llave in (("siaf", siaf.zfill(6) if siaf else ""), ("ruc", ruc), (ubigeo, normalizar(nombre))):
            llaves[llave].append(pk)
        llaves["", normalizar(nombre)].append(pk)
    de_antes = defaultdict(list)
    for pk, ubigeo, nombre in nombres_de_antes(filas):
        for lugar in (ubigeo, ""):
            de_antes[lugar, nombre].append(pk)
    return {llave: sorted(set(suyas)) for llave, suyas in de_antes.items()} | llaves


def nombres_de_antes(entidades) -> list[tuple[int, str, str]]:
    """(entidad, su ubigeo, el nombre normalizado) de cada nombre que llevaron ``entidades``."""
    filas = NombreDeEntidad.objects.filter(entidad__in=entidades).order_by()
    tripletas = filas.values_list("entidad_id", "entidad__distrito_id", "nombre")
    return [(pk, ubigeo, normalizar(nombre)) for pk, ubigeo, nombre in tripletas]


def a_cual_llevan() -> dict[int, int]:
    """De cada entidad unida a otra, la que hoy queda en su lugar, aunque esa también se haya unido después."""
    siguiente = dict(Entidad.objects.exclude(fusionada_en=None).order_by().values_list("pk", "fusionada_en"))
    return {pk: _ultima(pk, siguiente) for pk in siguiente}


def _ultima(pk: int, siguiente: dict[int, int]) -> int:
    while pk in siguiente:
        pk = siguiente[pk]
    return pk
