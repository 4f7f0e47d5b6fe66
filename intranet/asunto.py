"""De qué está hecha la bandeja: asuntos, y en cada uno las líneas que llevan a resolverlo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Linea:
    texto: str
    url: str
    detalle: str = ""


@dataclass(frozen=True)
class Asunto:
    """``url`` lleva a la lista completa cuando hay más de lo que se muestra."""

    titulo: str
    lineas: list[Linea]
    url: str = ""
    es_urgente: bool = False
