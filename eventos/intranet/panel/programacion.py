"""Programar y publicar (R71)."""

from django.urls import reverse

from comun.templatetags.comun import fecha_media
from eventos import permissions
from eventos.actions.capacitacion import faltas_para_publicar
from eventos.models import ActividadPrograma

from .paso import Boton, Estado, Mirada, Paso


def programacion(mirada: Mirada) -> Paso:
    capacitacion = mirada.capacitacion
    faltas = [] if capacitacion.publicada_en else [falta.capitalize() for falta in faltas_para_publicar(capacitacion)]
    return Paso(
        "programacion",
        "Programar y publicar",
        Estado.TOCA if mirada.es_borrador else Estado.HECHO,
        lineas=[_como_va(mirada, faltas)],
        faltas=faltas,
        botones=_botones(mirada, faltas),
    )


def _como_va(mirada, faltas) -> str:
    if faltas:
        return "Antes de publicar falta:"
    if mirada.es_borrador:
        return "Está completa. Al publicarla figura en el calendario y recibe inscripciones."
    publicada = mirada.capacitacion.publicada_en
    return f"Publicada el {fecha_media(publicada)}." if publicada else "Publicada."


def _botones(mirada, faltas) -> list[Boton]:
    capacitacion, usuario = mirada.capacitacion, mirada.usuario
    if not permissions.puede_editar_capacitacion(usuario, capacitacion):
        return []
    llave = [capacitacion.pk]
    botones = []
    if faltas:
        botones.append(Boton("Completar", reverse("eventos_intranet:editar", args=llave)))
    elif mirada.es_borrador:
        botones.append(Boton("Publicar", reverse("eventos_intranet:publicar", args=llave), es_post=True))
    actividades = ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).count()
    botones.append(Boton(f"Programa ({actividades})", reverse("eventos_intranet:programa", args=llave)))
    if permissions.puede_cargar_materiales(usuario, capacitacion):
        materiales = capacitacion.materiales.count()
        botones.append(Boton(f"Materiales ({materiales})", reverse("eventos_intranet:materiales", args=llave)))
    return botones
