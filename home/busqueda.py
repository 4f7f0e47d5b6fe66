"""«/buscar/»: reúne lo que cada app halla y lo ordena por tipo (ADR 0006)."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.text import slugify

from comun.registros import fuentes_de_busqueda
from comun.relevancia import INCOMPLETA, terminos

from .vocabulario import corregir

POR_FUENTE = 50
LARGO = 100
SUGERENCIAS = 8
SUGERENCIAS_POR_FUENTE = 3
# Con menos letras, casi todo empieza así.
MINIMO_PARA_SUGERIR = 3


class Grupo(NamedTuple):
    """Lo hallado de un tipo («Capacitaciones»), lo más relevante primero."""

    tipo: str
    fichas: tuple[dict, ...]

    @property
    def slug(self) -> str:
        return slugify(self.tipo)

    @property
    def hay_mas(self) -> bool:
        return len(self.fichas) >= POR_FUENTE


@dataclass(frozen=True)
class Hallazgos:
    """Lo que se muestra. ``es_parcial``: faltó alguna palabra; ``corregida``: lo que se buscó en vez de lo escrito."""

    grupos: tuple[Grupo, ...] = ()
    palabras: int = 0
    es_parcial: bool = False
    corregida: str = ""

    @property
    def total(self) -> int:
        return sum(len(grupo.fichas) for grupo in self.grupos)

    @property
    def hay_mas(self) -> bool:
        return any(grupo.hay_mas for grupo in self.grupos)

    def del_tipo(self, slug: str) -> Grupo | None:
        return next((grupo for grupo in self.grupos if grupo.slug == slug), None)


def limpiar(consulta: str) -> str:
    """``consulta`` en una línea, sin nulos y con un largo razonable."""
    return " ".join(consulta.replace("\x00", " ").split())[:LARGO]


def buscar(consulta: str) -> Hallazgos:
    """Solo queda lo que tiene más palabras de ``consulta``. Si nada las tiene todas, se prueba corrigiendo erratas."""
    hallazgos = _hallar(consulta)
    if hallazgos.es_parcial and (corregida := corregir(consulta)):
        mejores = _hallar(corregida)
        if mejores.palabras > hallazgos.palabras:
            return replace(mejores, corregida=corregida)
    return hallazgos


def sugerir(consulta: str) -> list[dict]:
    """Hasta ``SUGERENCIAS`` dict(titulo, tipo, url) para lo que alguien va escribiendo."""
    if len(consulta) < MINIMO_PARA_SUGERIR:
        return []
    _, fichas = _mejores(consulta.rstrip(INCOMPLETA) + INCOMPLETA, SUGERENCIAS_POR_FUENTE)
    return [{"titulo": f["titulo"], "tipo": f["tipo"], "url": f["url"]} for f in fichas[:SUGERENCIAS]]


def _hallar(consulta: str) -> Hallazgos:
    pedidas = len(terminos(consulta))
    palabras, fichas = _mejores(consulta, POR_FUENTE)
    grupos = {}
    for ficha in fichas:
        grupos.setdefault(ficha["tipo"], []).append(ficha)
    ordenados = tuple(Grupo(tipo, tuple(suyas)) for tipo, suyas in grupos.items())
    return Hallazgos(ordenados, palabras, es_parcial=palabras < pedidas)


def _mejores(consulta: str, por_fuente: int) -> tuple[int, list[dict]]:
    """Cuántas palabras tiene lo que más tiene, y solo esas fichas: si algo las tiene todas, lo demás estorba."""
    if not terminos(consulta):
        return 0, []
    fichas = [ficha for fuente in fuentes_de_busqueda for ficha in fuente(consulta, por_fuente)]
    palabras = max((int(ficha["peso"]) for ficha in fichas), default=0)
    return palabras, sorted((f for f in fichas if int(f["peso"]) == palabras), key=lambda f: -f["peso"])
