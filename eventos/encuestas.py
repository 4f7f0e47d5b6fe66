"""Resultados de las encuestas (Anexo 7). Con menos de cinco respuestas no se desglosa nada (invariante 6)."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from .cifras import cifras_de
from .models import AplicacionDeEncuesta, Calificacion, Capacitacion, ItemEncuesta, RespuestaEncuesta
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
class Grupo:
    """Una sección del Anexo 7; su promedio es el de las preguntas que se muestran y de ninguna otra."""

    titulo: str
    filas: list[Resultado]

    @property
    def promedio(self) -> float | None:
        if any(fila.promedio is None for fila in self.filas):
            return None
        return round(sum(fila.promedio for fila in self.filas) / len(self.filas), 2)

    def __iter__(self):
        return iter((self.titulo, self.filas))


@dataclass(frozen=True)
class Resumen:
    """``tasa``: porcentaje de los participantes que contestó, o ``None`` si aún no hay participantes.

    ``canales``: cuántas por canal; vacío si alguno tiene pocas. ``en_curso``: aún se contesta en línea, y mientras
    tanto no se desglosa: comparar los resultados de antes y después de una respuesta la descubriría.
    """

    respuestas: int
    participantes: int
    tasa: int | None
    en_curso: bool = False
    canales: list[tuple[str, int]] = field(default_factory=list)
    general: Resultado | None = None
    grupos: list[Grupo] = field(default_factory=list)
    comentarios: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def se_desglosa(self) -> bool:
        return self.respuestas >= MINIMO_PARA_DESGLOSAR and not self.en_curso


def resumen_de(capacitacion: Capacitacion) -> Resumen:
    """Los resultados del conjunto: nunca por canal ni por día, que por diferencia descubrirían a pocos."""
    por_canal = Counter(capacitacion.respuestas.values_list("canal", flat=True))
    respuestas, participantes = por_canal.total(), cifras_de(capacitacion).participantes
    tasa = round(100 * respuestas / participantes) if participantes else None
    resumen = Resumen(respuestas, participantes, tasa, sigue_en_curso(capacitacion), _canales(por_canal))
    if not resumen.se_desglosa:
        return resumen
    grupos = _grupos(capacitacion)
    general = next((grupo.filas[0] for grupo in grupos if grupo.titulo == "General"), None)
    return replace(resumen, general=general, grupos=grupos, comentarios=_comentarios(capacitacion))


def sigue_en_curso(capacitacion: Capacitacion) -> bool:
    """Si alguien todavía puede contestar en línea."""
    aplicacion = AplicacionDeEncuesta.objects.filter(capacitacion=capacitacion).first()
    return bool(aplicacion and aplicacion.en_curso) and not capacitacion.esta_cerrada


@dataclass(frozen=True)
class EnLinea:
    """Cómo va la encuesta en línea; ``aplicacion`` es ``None`` si no se empezó.

    ``con_correo``: a cuántos puede ir. ``en_papel``: se digitaron hojas, y con ellas no sale sola.
    """

    aplicacion: AplicacionDeEncuesta | None
    empezo: bool
    termino: bool
    en_papel: bool
    con_correo: int
    sin_correo: int

    @property
    def cerrada(self) -> bool:
        return bool(self.aplicacion and self.aplicacion.cerrada_en)


def en_linea(capacitacion: Capacitacion) -> EnLinea:
    firmaron = capacitacion.inscripciones.vigentes().filter(asistencias__esta_firmada=True).distinct()
    con_correo = firmaron.exclude(correo="").count()
    return EnLinea(
        aplicacion=AplicacionDeEncuesta.objects.filter(capacitacion=capacitacion).first(),
        empezo=capacitacion.ya_empezo(),
        termino=capacitacion.ya_termino(),
        en_papel=capacitacion.respuestas.filter(canal=RespuestaEncuesta.Canal.PAPEL).exists(),
        con_correo=con_correo,
        sin_correo=firmaron.count() - con_correo,
    )


def _canales(por_canal: Counter) -> list[tuple[str, int]]:
    if any(cuantas < MINIMO_PARA_DESGLOSAR for cuantas in por_canal.values()):
        return []
    return [(canal.label, por_canal[canal]) for canal in RespuestaEncuesta.Canal if por_canal[canal]]


def _grupos(capacitacion) -> list[Grupo]:
    notas = defaultdict(Counter)
    filas = Calificacion.objects.filter(respuesta__capacitacion=capacitacion)
    for item, expositor, valor in filas.values_list("item", "expositor", "valor"):
        notas[item, expositor][valor] += 1
    secciones = [("Contenido", ITEMS_CONTENIDO, None)]
    secciones += [(f"Expositor: {e}", ITEMS_EXPOSITOR, e.pk) for e in capacitacion.expositores.all()]
    secciones += [("Logística", ITEMS_LOGISTICA, None), ("General", ITEMS_GENERAL, None)]
    return [
        Grupo(titulo, [_resultado(item, notas[item, quien]) for item in items]) for titulo, items, quien in secciones
    ]


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


def tabla_de(resumen: Resumen) -> tuple[list[str], list[list]]:
    """(encabezados, filas) para exportar; una pregunta con pocas respuestas va sin promedio ni distribución."""
    encabezados = ["Sección", "Pregunta", "Respuestas", "Promedio", *(f"{t} ({v})" for v, t in ESCALA.items())]
    filas = [
        [titulo, fila.pregunta, fila.respuestas, fila.promedio, *(fila.distribucion or [None] * len(ESCALA))]
        for titulo, resultados in resumen.grupos
        for fila in resultados
    ]
    filas += [["Comentarios", titulo, texto] for titulo, textos in resumen.comentarios for texto in textos]
    return encabezados, filas
