"""Aplicar la encuesta (Anexo 7) al terminar (R57, R87)."""

from django.urls import reverse

from eventos import permissions

from .paso import Boton, Estado, Mirada, Paso, cuantos


def encuestas(mirada: Mirada) -> Paso:
    if not mirada.capacitacion.lleva_encuesta:
        lineas = ["La general informativa no lleva encuesta."]
        return Paso("encuestas", "Encuestas", Estado.NO_APLICA, lineas=lineas)
    respuestas = mirada.capacitacion.respuestas.count()
    participantes = mirada.cifras.participantes
    de = f" de {cuantos(participantes, 'participante', 'participantes')}" if participantes else ""
    return Paso(
        "encuestas",
        "Encuestas",
        _estado(mirada, respuestas),
        lineas=[f"{cuantos(respuestas, 'respuesta', 'respuestas')}{de}."],
        botones=_botones(mirada),
    )


def _estado(mirada, respuestas) -> Estado:
    if mirada.capacitacion.esta_cancelada:
        return Estado.NO_APLICA
    if respuestas:
        return Estado.HECHO
    return Estado.TOCA if mirada.en_pie and mirada.ya_termino else Estado.ESPERA


def _botones(mirada) -> list[Boton]:
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    if not permissions.puede_ver_encuestas(usuario) or not mirada.en_pie:
        return []
    puede_digitar = permissions.puede_registrar_encuestas(usuario, capacitacion)
    texto = "Digitar y ver resultados" if puede_digitar else "Ver resultados"
    return [Boton(texto, reverse("eventos_intranet:encuestas", args=[capacitacion.pk]))]
