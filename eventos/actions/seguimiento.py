"""Armar las listas de llamadas de una convocatoria y anotar en qué quedó cada una (R78, R79)."""

from django.db import transaction
from django.utils import timezone

from custodia.actions import anotar
from eventos.acogida import por_recordar
from eventos.models import Capacitacion, Invitacion, Llamada
from eventos.reafirmacion import operadores_inscritos

from .convocatoria import YaNoSeResponde, responder
from .cupos import bajo_llave
from .llamada import poner_por_llamar
from .rechazos import NoProcede, exigir_abierta

# Lo que dice la llamada sobre la invitación.
RESPUESTAS = {
    Llamada.Resultado.CONFIRMO: Invitacion.Respuesta.ASISTIRA,
    Llamada.Resultado.NO_ASISTIRA: Invitacion.Respuesta.NO_ASISTIRA,
}


class NadieAQuienLlamar(NoProcede): ...


class YaNoSeLlama(NoProcede):
    """No está publicada o ya empezó: ya no hay a qué animar a nadie."""


@transaction.atomic
def armar_lista_de_llamadas(*, capacitacion: Capacitacion, por, request=None) -> int:
    """Pone por llamar a los invitados que no respondieron ni se inscribieron (R78); devuelve cuántos agregó."""
    capacitacion = _por_empezar(capacitacion)
    invitaciones = por_recordar(capacitacion)
    if not invitaciones:
        raise NadieAQuienLlamar("Todos los invitados ya respondieron o se inscribieron: no hay a quién llamar.")
    cuantas = poner_por_llamar(capacitacion=capacitacion, asunto=Llamada.Asunto.CONVOCATORIA, invitaciones=invitaciones)
    _dejar_huella("armar lista de llamadas", capacitacion, cuantas, por, request)
    return cuantas


@transaction.atomic
def armar_reafirmacion(*, capacitacion: Capacitacion, sistemas: set[int], por, request=None) -> int:
    """Pone por llamar a los operadores inscritos de ``sistemas`` (R79); devuelve cuántos agregó."""
    capacitacion = _por_empezar(capacitacion)
    inscritas = operadores_inscritos(capacitacion, sistemas)
    if not inscritas:
        raise NadieAQuienLlamar("Todavía no hay operadores inscritos de su sistema.")
    cuantas = poner_por_llamar(capacitacion=capacitacion, asunto=Llamada.Asunto.REAFIRMACION, inscripciones=inscritas)
    _dejar_huella("armar reafirmación", capacitacion, cuantas, por, request)
    return cuantas


def _por_empezar(capacitacion) -> Capacitacion:
    capacitacion = bajo_llave(capacitacion)
    exigir_abierta(capacitacion)
    if not capacitacion.esta_publicada or capacitacion.ya_empezo():
        raise YaNoSeLlama("La capacitación no está publicada o ya empezó.")
    return capacitacion


def _dejar_huella(accion, capacitacion, cuantas, por, request) -> None:
    if cuantas:
        anotar(accion=accion, por=por, objeto=capacitacion, detalle={"llamadas": cuantas}, request=request)


@transaction.atomic
def anotar_llamada(*, llamada: Llamada, resultado: str, por, nota: str = "", request=None) -> Llamada:
    """Anota en qué quedó, quién llamó y cuándo; «por llamar» la deshace. Repetirla igual no cambia nada.

    En las de la convocatoria, lo que dijo vale como respuesta a su invitación.
    """
    exigir_abierta(llamada.capacitacion)
    llamada = Llamada.objects.select_for_update().get(pk=llamada.pk)
    nota = nota.strip()
    if (llamada.resultado, llamada.nota) == (resultado, nota):
        return llamada
    pendiente = resultado == Llamada.Resultado.PENDIENTE
    llamada.resultado, llamada.nota = resultado, nota
    llamada.llamada_en, llamada.llamada_por = (None, None) if pendiente else (timezone.now(), por)
    llamada.save(update_fields=["resultado", "nota", "llamada_en", "llamada_por"])
    anotar(accion="anotar llamada", por=por, objeto=llamada, detalle={"resultado": resultado}, request=request)
    _responder_por_telefono(llamada, por, request)
    return llamada


def _responder_por_telefono(llamada, por, request) -> None:
    respuesta = RESPUESTAS.get(llamada.resultado)
    if llamada.asunto != Llamada.Asunto.CONVOCATORIA or not respuesta:
        return
    try:
        responder(invitacion=llamada.invitacion, respuesta=respuesta, por=por, request=request)
    except YaNoSeResponde:  # se llamó tarde: la llamada queda anotada igual
        return
