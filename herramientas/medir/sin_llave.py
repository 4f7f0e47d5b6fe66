"""Control negativo: el portal sin la llave ni la transacción con que se cuentan los cupos. Debe sobrevender."""

import time

from portal.wsgi import application  # primero: deja a Django listo

# isort: split
from eventos.actions import grupo, inscripcion
from eventos.models import Capacitacion
from eventos.views import inscripcion as vista

__all__ = ["application"]

_contar = Capacitacion.tiene_cupo


def _sin_llave(capacitacion):
    return Capacitacion.objects.prefetch_related("sesiones").get(pk=capacitacion.pk)


def _contar_despacio(capacitacion):
    """Entre contar y guardar siempre pasa algo de tiempo; aquí se nota."""
    tiene = _contar(capacitacion)
    time.sleep(0.02)
    return tiene


grupo.bajo_llave = inscripcion.bajo_llave = _sin_llave
grupo.inscribir = inscripcion.inscribir.__wrapped__
vista.inscribir_grupo = grupo.inscribir_grupo.__wrapped__
Capacitacion.tiene_cupo = _contar_despacio
