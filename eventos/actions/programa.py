"""El programa del evento (Anexo 5, R71)."""

from django.db import transaction

from custodia.actions import anotar
from eventos.models import Capacitacion
from organizacion.publico import subir_version_publica

from .filas import Filas
from .validacion import sincronizar_validaciones


@transaction.atomic
def guardar_programa(*, capacitacion: Capacitacion, actividades: Filas, por) -> None:
    for actividad in actividades.quitar:
        actividad.delete()
    for actividad in actividades.guardar:
        actividad.save()
    if actividades.quitar or actividades.guardar:
        anotar(accion="editar programa", por=por, objeto=capacitacion)
        subir_version_publica()
        sincronizar_validaciones(capacitacion=capacitacion, por=por)
