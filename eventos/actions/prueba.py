"""Definir las pruebas de entrada y salida (R89)."""

from dataclasses import dataclass

from django.db import transaction

from custodia.actions import anotar
from eventos.models import AlternativaDePrueba, Capacitacion, PreguntaDePrueba, Prueba

from .rechazos import EstaCancelada, NoProcede, exigir_abierta


class PruebaConNotas(NoProcede): ...


class NoEsSuSistema(NoProcede): ...


class SinPreguntas(NoProcede): ...


@dataclass(frozen=True)
class PreguntaEscrita:
    """``correcta``: la posición, desde 0, de la alternativa correcta."""

    texto: str
    puntaje: int
    alternativas: list[str]
    correcta: int

    @property
    def estructura(self) -> tuple:
        return self.puntaje, [posicion == self.correcta for posicion in range(len(self.alternativas))]


@transaction.atomic
def empezar_prueba(*, capacitacion: Capacitacion, sistema, por) -> Prueba:
    """La prueba de ``sistema`` en ``capacitacion``, aún sin preguntas si no la tenía. Levanta ``NoProcede``."""
    _exigir_que_se_pueda(capacitacion)
    if not capacitacion.sistemas.filter(pk=sistema.pk).exists():
        raise NoEsSuSistema(f"Esta capacitación no es de {sistema}.")
    return Prueba.objects.get_or_create(capacitacion=capacitacion, sistema=sistema, defaults={"definida_por": por})[0]


@transaction.atomic
def guardar_prueba(*, prueba: Prueba, instrucciones: str, preguntas: list[PreguntaEscrita], por) -> Prueba:
    """Reemplaza sus preguntas. Con notas puestas solo se corrigen textos: nada que cambie lo que vale una nota."""
    prueba = _bloquear(prueba)
    if not preguntas:
        raise SinPreguntas("Escriba al menos una pregunta.")
    if prueba.notas.exists() and prueba.estructura != [pregunta.estructura for pregunta in preguntas]:
        raise PruebaConNotas(
            f"Ya hay {prueba.notas.count()} notas puestas sobre {prueba.puntaje_maximo} puntos: puede corregir los "
            "textos, no agregar ni quitar preguntas o alternativas, ni cambiar puntajes o respuestas correctas."
        )
    prueba.instrucciones, prueba.definida_por = instrucciones, por
    prueba.save()
    _reemplazar_preguntas(prueba, preguntas)
    detalle = {"sistema": str(prueba.sistema), "preguntas": len(preguntas)}
    anotar(accion="definir prueba", por=por, objeto=prueba.capacitacion, detalle=detalle)
    return prueba


@transaction.atomic
def copiar_prueba(*, prueba: Prueba, origen: Prueba, por) -> Prueba:
    """Deja ``prueba`` con las preguntas de ``origen``, que es del mismo sistema."""
    if origen.sistema_id != prueba.sistema_id:
        raise NoEsSuSistema("Solo se copia una prueba del mismo sistema.")
    preguntas = [_como_escrita(pregunta) for pregunta in origen.preguntas.prefetch_related("alternativas")]
    return guardar_prueba(prueba=prueba, instrucciones=origen.instrucciones, preguntas=preguntas, por=por)


def _como_escrita(pregunta) -> PreguntaEscrita:
    alternativas = list(pregunta.alternativas.all())
    correcta = next(n for n, alternativa in enumerate(alternativas) if alternativa.es_correcta)
    return PreguntaEscrita(pregunta.texto, pregunta.puntaje, [a.texto for a in alternativas], correcta)


def _bloquear(prueba) -> Prueba:
    """Bloquea su capacitación: mientras se cambia, nadie pone una nota."""
    capacitacion = Capacitacion.objects.select_for_update().get(pk=prueba.capacitacion_id)
    _exigir_que_se_pueda(capacitacion)
    prueba = Prueba.objects.select_related("sistema").get(pk=prueba.pk)
    prueba.capacitacion = capacitacion
    return prueba


def _exigir_que_se_pueda(capacitacion) -> None:
    exigir_abierta(capacitacion)
    if capacitacion.esta_cancelada:
        raise EstaCancelada("Esta capacitación se canceló.")


def _reemplazar_preguntas(prueba, escritas) -> None:
    prueba.preguntas.all().delete()
    preguntas = PreguntaDePrueba.objects.bulk_create(
        PreguntaDePrueba(prueba=prueba, texto=escrita.texto, puntaje=escrita.puntaje, orden=orden)
        for orden, escrita in enumerate(escritas)
    )
    AlternativaDePrueba.objects.bulk_create(
        AlternativaDePrueba(pregunta=pregunta, texto=texto, es_correcta=orden == escrita.correcta, orden=orden)
        for pregunta, escrita in zip(preguntas, escritas, strict=True)
        for orden, texto in enumerate(escrita.alternativas)
    )
