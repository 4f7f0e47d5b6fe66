"""Resultados de las encuestas (Anexo 7). Con menos de cinco respuestas no se desglosa nada (invariante 6)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from .cifras import cifras_de
from .models import Calificacion, Capacitacion, ItemEncuesta
from .models.encuesta import (
    ESCALA,
    ITEMS_CONTENIDO,
    ITEMS_EXPOSITOR,
    ITEMS_GENERAL,
    ITEMS_LOGISTICA,
    MINIMO_PARA_DESGLOSAR,
)


@dataclass(frozen=True)
class Resultado:
    """Una pregunta: cuántas notas, su promedio y cuántas de cada valor; sin promedio si son pocas."""

    pregunta: str
    respuestas: int
    promedio: float | None = None
    distribucion: tuple[int, ...] = ()


@dataclass(frozen=True)
class Resumen:
    """``tasa``: porcentaje de los participantes que contestó, o ``None`` si aún no hay participantes."""

    respuestas: int
    participantes: int
    tasa: int | None
    general: Resultado | None = None
    grupos: list[tuple[str, list[Resultado]]] = field(default_factory=list)
    comentarios: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def se_desglosa(self) -> bool:
        return self.respuestas >= MINIMO_PARA_DESGLOSAR


def resumen_de(capacitacion: Capacitacion) -> Resumen:
    respuestas = capacitacion.respuestas.count()
    participantes = cifras_de(capacitacion).participantes
    tasa = round(100 * respuestas / participantes) if participantes else None
    if respuestas < MINIMO_PARA_DESGLOSAR:
        return Resumen(respuestas, participantes, tasa)
    grupos = _grupos(capacitacion)
    general = next((r for titulo, filas in grupos for r in filas if titulo == "General"), None)
    return Resumen(respuestas, participantes, tasa, general, grupos, _comentarios(capacitacion))


def _grupos(capacitacion) -> list[tuple[str, list[Resultado]]]:
    notas = defaultdict(Counter)
    filas = Calificacion.objects.filter(respuesta__capacitacion=capacitacion)
    for item, expositor, valor in filas.values_list("item", "expositor", "valor"):
        notas[item, expositor][valor] += 1
    secciones = [("Contenido", ITEMS_CONTENIDO, None)]
    secciones += [(f"Expositor: {e}", ITEMS_EXPOSITOR, e.pk) for e in capacitacion.expositores.all()]
    secciones += [("Logística", ITEMS_LOGISTICA, None), ("General", ITEMS_GENERAL, None)]
    return [(titulo, [_resultado(item, notas[item, quien]) for item in items]) for titulo, items, quien in secciones]


def _resultado(item: ItemEncuesta, notas: Counter) -> Resultado:
    total = notas.total()
    if total < MINIMO_PARA_DESGLOSAR:
        return Resultado(item.label, total)
    promedio = sum(valor * veces for valor, veces in notas.items()) / total
    return Resultado(item.label, total, round(promedio, 2), tuple(notas[valor] for valor in ESCALA))


def _comentarios(capacitacion) -> list[tuple[str, list[str]]]:
    """Los textos, cada pregunta por su lado y por orden alfabético: no se sabe qué hoja escribió qué."""
    pares = list(capacitacion.respuestas.values_list("otros_temas", "recomendaciones"))
    titulos = ("Otros temas que piden", "Recomendaciones")
    return [(titulo, sorted({par[n] for par in pares if par[n]})) for n, titulo in enumerate(titulos)]
