"""Qué huellas del rastro tratan de un participante: las de sus inscripciones y las de lo que cuelga de ellas."""

from django.db.models import CharField, Q
from django.db.models.functions import Cast

from comun.registros import huellas_de_persona

from .models import Asistencia, Inscripcion, Invitacion, Llamada


@huellas_de_persona.anotar
def huellas_de_participante(persona) -> Q:
    inscripciones = Inscripcion.objects.filter(persona=persona)
    llaves = inscripciones.values("pk")
    asistencias = Asistencia.objects.filter(inscripcion__in=llaves)
    invitaciones = Invitacion.objects.filter(inscripcion__in=llaves)
    llamadas = Llamada.objects.filter(Q(inscripcion__in=llaves) | Q(invitacion__inscripcion__in=llaves))
    huellas = Q()
    for modelo, filas in (
        ("eventos.inscripcion", inscripciones),
        ("eventos.asistencia", asistencias),
        ("eventos.invitacion", invitaciones),
        ("eventos.llamada", llamadas),
    ):
        huellas |= Q(modelo=modelo, objeto__in=_como_texto(filas, "pk"))
    # La asistencia se anota por sesión y el visto bueno por capacitación, con el código de la inscripción.
    huellas |= Q(modelo="eventos.sesion", accion="registrar asistencia", objeto__in=_como_texto(asistencias, "sesion"))
    for codigo, capacitacion in inscripciones.values_list("codigo", "capacitacion"):
        huellas |= Q(modelo="eventos.capacitacion", objeto=str(capacitacion), detalle__inscripcion=codigo)
    return huellas


def _como_texto(filas, campo: str) -> list[str]:
    """Las llaves de ``filas`` como las guarda la huella; una persona tiene decenas, no miles."""
    return list(filas.annotate(llave=Cast(campo, CharField())).values_list("llave", flat=True).distinct())
