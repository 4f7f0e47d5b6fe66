"""Cuánto cabe en una lámina del mural para que se lea a tres metros, y cuánto tiempo hay que darle.

Las medidas van en renglones de letra normal: la pantalla tiene unos 34 de alto y algo más de 20 quedan para los ítems.
"""

from dataclasses import dataclass
from math import ceil

ALTO = 20.6
LETRAS_DE_TITULO = 50
LETRAS_DE_TEXTO = 72
ALTO_DE_TITULO = 1.65
ALTO_DE_TEXTO = 1.35
ALTO_DEL_QR = 5.2
SEPARACION = 1.6
SEGUNDOS = (12, 45)
LETRAS_POR_SEGUNDO = 16

# En puntos. Al crecer la letra crecen el renglón y los renglones: por eso la raíz.
LETRA_DEL_PDF = (11.0, 21.0)
HOJA = 18_500


@dataclass(frozen=True)
class Lamina:
    """``numero`` de ``total``, cuando una sección no cabe en una sola."""

    items: list
    numero: int
    total: int

    @property
    def segundos(self) -> int:
        """Lo que tarda en leerse sin apuro."""
        letras = sum(len(item.titulo) + len(item.texto) for item in self.items)
        return max(SEGUNDOS[0], min(SEGUNDOS[1], 6 + ceil(letras / LETRAS_POR_SEGUNDO)))


def alto(item) -> float:
    """El de ``item`` en renglones, con la separación."""
    titulo = ceil(len(item.titulo) / LETRAS_DE_TITULO) * ALTO_DE_TITULO
    texto = sum(ceil((len(linea) or 1) / LETRAS_DE_TEXTO) for linea in item.texto.splitlines()) * ALTO_DE_TEXTO
    plazo = ALTO_DE_TEXTO if item.plazo else 0
    return max(titulo + texto + plazo, ALTO_DEL_QR if item.url or item.fecha else 0) + SEPARACION


def repartir(items) -> list[Lamina]:
    """``items`` en láminas, en su orden: cada una lleva los que caben, y al menos uno."""
    grupos, usado = [], 0.0
    for item in items:
        suyo = alto(item)
        if not grupos or usado + suyo > ALTO:
            grupos.append([])
            usado = 0.0
        grupos[-1].append(item)
        usado += suyo
    return [Lamina(grupo, numero, len(grupos)) for numero, grupo in enumerate(grupos, start=1)]


def letra_del_pdf(secciones) -> float:
    """El tamaño de letra, en puntos, con el que las secciones llenan una hoja A3 a dos columnas."""
    renglones = sum(alto(item) for seccion in secciones for item in seccion.items) + 4 * len(secciones)
    return max(LETRA_DEL_PDF[0], min(LETRA_DEL_PDF[1], round((HOJA / (renglones or 1)) ** 0.5, 1)))
