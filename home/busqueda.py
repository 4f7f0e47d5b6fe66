"""«/buscar/»: reúne lo que cada app halla y lo ordena por tipo (ADR 0006)."""

from dataclasses import dataclass

from comun.registros import fuentes_de_busqueda
from comun.relevancia import mas_relevantes, terminos

from .models import PaginaEstandar

POR_FUENTE = 20
LARGO = 100


@dataclass(frozen=True)
class Hallazgos:
    """Lo que se muestra: ``grupos`` son pares (tipo, fichas); ``es_parcial`` si faltó alguna de las palabras."""

    grupos: tuple[tuple[str, tuple[dict, ...]], ...] = ()
    es_parcial: bool = False

    @property
    def total(self) -> int:
        return sum(len(fichas) for _, fichas in self.grupos)


def limpiar(consulta: str) -> str:
    """``consulta`` en una línea, sin nulos y con un largo razonable."""
    return " ".join(consulta.replace("\x00", " ").split())[:LARGO]


def buscar(consulta: str) -> Hallazgos:
    """Solo queda lo que tiene más palabras de ``consulta``: si algo las tiene todas, lo demás estorba."""
    pedidas = len(terminos(consulta))
    if not pedidas:
        return Hallazgos()
    fichas = [ficha for fuente in fuentes_de_busqueda for ficha in fuente(consulta, POR_FUENTE)]
    mejor = max((int(ficha["peso"]) for ficha in fichas), default=0)
    grupos = {}
    for ficha in sorted((f for f in fichas if int(f["peso"]) == mejor), key=lambda f: -f["peso"]):
        grupos.setdefault(ficha["tipo"], []).append(ficha)
    return Hallazgos(tuple((tipo, tuple(suyas)) for tipo, suyas in grupos.items()), mejor < pedidas)


@fuentes_de_busqueda.anotar
def paginas_estandar(consulta, limite):
    return mas_relevantes(PaginaEstandar.objects.live().public(), consulta, _ficha, limite)


def _ficha(pagina):
    return {
        "tipo": "Información",
        "titulo": pagina.title,
        "url": pagina.get_url(),
        "fecha": None,
        "texto": pagina.resumen,
    }
