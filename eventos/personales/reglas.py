"""Lo que vence de las capacitaciones (``comun.registros.retenciones``)."""

from django.db.models import Q

from comun import anonimo
from comun.registros import retenciones
from comun.retencion import Regla
from eventos.models import Inscripcion, Invitacion, Pregunta

from . import retiro


def _contactos(limite):
    terminadas = Inscripcion.objects.filter(capacitacion__fecha_fin__lt=limite.date())
    return terminadas.filter(~Q(correo="") | ~Q(telefono="")).select_related("persona", "entidad")


def _invitaciones(limite):
    filas = Invitacion.objects.filter(capacitacion__fecha_fin__lt=limite.date())
    return filas.exclude(nombre=anonimo.NOMBRE)


def _preguntas(limite):
    return Pregunta.objects.filter(atendida_en__lt=limite).exclude(nombre=anonimo.NOMBRE)


for _regla in (
    Regla(
        "sin_asistencia", "Inscripciones sin asistencia", retiro.inscripciones_retirables, retiro.retirar_inscripciones
    ),
    Regla("contacto", "Correo y teléfono de quienes asistieron", _contactos, retiro.retirar_contacto),
    Regla("invitaciones", "Invitaciones", _invitaciones, retiro.retirar_invitaciones),
    Regla("preguntas", "Preguntas atendidas", _preguntas, retiro.retirar_preguntas),
):
    retenciones.anotar(_regla)
