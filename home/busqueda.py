"""«/buscar/»: reúne lo que cada app halla y lo ordena por tipo (ADR 0006)."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.text import slugify

from comun.registros import fuentes_de_busqueda
from comun.relevancia import INCOMPLETA, interpretar, puntuar, terminos
from comun.templatetags.comun import fecha_media

from .vocabulario import corregir

POR_FUENTE = 50
LARGO = 100
SUGERENCIAS = 8
SUGERENCIAS_POR_FUENTE = 3
# A igual relevancia, primero lo que se hace y luego lo que se lee. Lo que no figura va al final.
ORDEN = (
    *("Servicios", "Capacitaciones", "Preguntas frecuentes", "Comunicados", "Normas", "Noticias", "Centros"),
    *("Información", "Secciones", "Boletines", "Documentos", "Materiales de capacitaciones"),
)
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
    """Hasta ``SUGERENCIAS`` dict(titulo, detalle, url) para lo que alguien va escribiendo, por su título."""
    if len(consulta) < MINIMO_PARA_SUGERIR:
        return []
    consulta = consulta.rstrip(INCOMPLETA) + INCOMPLETA
    pedidos = interpretar(consulta)
    _, fichas = _mejores(consulta, SUGERENCIAS_POR_FUENTE)
    # Solo se ve el título: lo que responde por su texto parecería no venir al caso.
    con_todo = [ficha for ficha in fichas if int(puntuar(pedidos, ficha["titulo"])) == len(pedidos)]
    return [{"titulo": f["titulo"], "detalle": _detalle(f), "url": f["url"]} for f in con_todo[:SUGERENCIAS]]


def _detalle(ficha: dict) -> str:
    """«Capacitaciones · lun. 30 nov. 2026»: lo que distingue dos títulos iguales."""
    return " · ".join(parte for parte in (ficha["tipo"], fecha_media(ficha["fecha"])) if parte)


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
    return palabras, sorted((ficha for ficha in fichas if int(ficha["peso"]) == palabras), key=_orden)


def _orden(ficha: dict):
    tipo = ficha["tipo"]
    return -ficha["peso"], ORDEN.index(tipo) if tipo in ORDEN else len(ORDEN)
