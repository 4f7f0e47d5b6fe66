"""Las pruebas de entrada y salida (R89): cuándo se contestan por el enlace y cuánto se aprendió."""

import datetime as dt
from dataclasses import dataclass
from statistics import fmean

from django.utils import timezone

from .models import Capacitacion, Inscripcion, NotaDePrueba, Prueba

Momento = NotaDePrueba.Momento
UNA_HORA = dt.timedelta(hours=1)
# La de salida se contesta hasta un día después; lo empezado a tiempo se recibe unos minutos más tarde.
DESPUES = dt.timedelta(days=1)
GRACIA = dt.timedelta(minutes=15)


def plazo_para(capacitacion: Capacitacion, momento: str) -> tuple[dt.datetime, dt.datetime] | None:
    """Desde y hasta cuándo se contesta por el enlace; ``None`` si no tiene sesiones.

    La de entrada, desde que empieza hasta la mitad. La de salida, en la última hora (nunca antes de la mitad) y hasta
    un día después.
    """
    empieza, termina = capacitacion.comienza_en, capacitacion.termina_en
    if empieza is None:
        return None
    mitad = empieza + (termina - empieza) / 2
    if momento == Momento.ENTRADA:
        return empieza, mitad
    return max(mitad, termina - UNA_HORA), termina + DESPUES


def esta_abierta(capacitacion: Capacitacion, momento: str, en=None, gracia=dt.timedelta()) -> bool:
    en, plazo = en or timezone.now(), plazo_para(capacitacion, momento)
    return capacitacion.esta_publicada and plazo is not None and plazo[0] <= en < plazo[1] + gracia


@dataclass(frozen=True)
class PruebaPropia:
    """Una prueba como la ve quien se inscribió: si toca contestarla, y su puntaje si ya la dio."""

    prueba: Prueba
    momento: Momento
    nota: NotaDePrueba | None
    desde: dt.datetime | None
    hasta: dt.datetime | None
    esta_abierta: bool


def pruebas_de(inscripcion: Inscripcion) -> list[PruebaPropia]:
    """Las de su capacitación, la de entrada y la de salida; ninguna si no tiene cupo."""
    if inscripcion.estado != Inscripcion.Estado.CONFIRMADA:
        return []
    capacitacion = inscripcion.capacitacion
    notas = {(nota.prueba_id, nota.momento): nota for nota in inscripcion.notas.all()}
    return [
        PruebaPropia(
            prueba,
            momento,
            notas.get((prueba.pk, momento)),
            *(plazo_para(capacitacion, momento) or (None, None)),
            esta_abierta(capacitacion, momento),
        )
        for prueba in capacitacion.pruebas.definidas().select_related("sistema")
        for momento in Momento
    ]


@dataclass(frozen=True)
class Resultados:
    """Lo que sacó el grupo. Los promedios y la ganancia son de quienes dieron las dos pruebas."""

    maximo: int
    entradas: int = 0
    salidas: int = 0
    ambas: int = 0
    entrada: float | None = None
    salida: float | None = None

    @property
    def ganancia(self) -> float | None:
        """En puntos: salida menos entrada."""
        return None if self.entrada is None else self.salida - self.entrada

    @property
    def ganancia_normalizada(self) -> float | None:
        """La de Hake: qué parte de lo que faltaba aprender se aprendió. ``None`` si entraron sabiéndolo todo."""
        if self.entrada is None or self.entrada >= self.maximo:
            return None
        return self.ganancia / (self.maximo - self.entrada)

    @property
    def porcentaje_de_ganancia(self) -> int | None:
        return None if self.ganancia_normalizada is None else round(self.ganancia_normalizada * 100)


def resultados_de(prueba: Prueba) -> Resultados:
    por_persona: dict[int, dict[str, int]] = {}
    for persona, momento, puntaje in prueba.notas.values_list("inscripcion", "momento", "puntaje"):
        por_persona.setdefault(persona, {})[momento] = puntaje
    ambas = [notas for notas in por_persona.values() if len(notas) == len(Momento)]
    return Resultados(
        maximo=prueba.puntaje_maximo,
        entradas=sum(Momento.ENTRADA in notas for notas in por_persona.values()),
        salidas=sum(Momento.SALIDA in notas for notas in por_persona.values()),
        ambas=len(ambas),
        entrada=fmean(notas[Momento.ENTRADA] for notas in ambas) if ambas else None,
        salida=fmean(notas[Momento.SALIDA] for notas in ambas) if ambas else None,
    )
