"""Aplicar la encuesta (Anexo 7) al terminar, en línea o en papel (R57, R87)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.encuestas import en_linea, sigue_en_curso

from .paso import Boton, Estado, Mirada, Paso, cuantos


def encuestas(mirada: Mirada) -> Paso:
    if not mirada.capacitacion.lleva_encuesta:
        lineas = ["La general informativa no lleva encuesta."]
        return Paso("encuestas", "Encuestas", Estado.NO_APLICA, lineas=lineas)
    respuestas = mirada.capacitacion.respuestas.count()
    en_curso = sigue_en_curso(mirada.capacitacion)
    return Paso(
        "encuestas",
        "Encuestas",
        _estado(mirada, respuestas, en_curso),
        lineas=_lineas(mirada, respuestas, en_curso),
        botones=_botones(mirada),
    )


def _estado(mirada, respuestas, en_curso) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if respuestas and not en_curso:
        return Estado.HECHO
    if not mirada.en_pie or not mirada.ya_empezo:
        return Estado.ESPERA
    # Enviada, se espera a que contesten.
    return Estado.TOCA if mirada.ya_termino and not en_curso else Estado.ESPERA


def _lineas(mirada, respuestas, en_curso) -> list[str]:
    participantes = mirada.cifras.participantes
    de = f" de {cuantos(participantes, 'participante', 'participantes')}" if participantes else ""
    lineas = [f"{cuantos(respuestas, 'respuesta', 'respuestas')}{de}."]
    if en_curso:
        aplicacion = en_linea(mirada.capacitacion).aplicacion
        lineas.append(f"Se contesta en línea hasta el {fecha_media(aplicacion.vence_el)}.")
    return lineas


def _botones(mirada) -> list[Boton]:
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    if not permissions.puede_ver_encuestas(usuario) or not mirada.en_pie:
        return []
    pantalla = reverse("eventos_intranet:encuestas", args=[capacitacion.pk])
    if not permissions.puede_registrar_encuestas(usuario, capacitacion):
        return [Boton("Ver resultados", pantalla)]
    botones = [Boton("Aplicar y ver resultados", pantalla)]
    if mirada.ya_empezo and not mirada.ya_termino:
        sala = reverse("eventos_intranet:encuesta-sala", args=[capacitacion.pk])
        botones.insert(0, Boton("Pantalla para la sala", sala))
    return botones
