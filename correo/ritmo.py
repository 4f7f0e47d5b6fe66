"""El tope de mensajes por minuto, que comparten todos los carteros de todas las máquinas (``CORREO_POR_MINUTO``).

Hay tantos turnos como mensajes caben en un minuto. Quien envía ocupa uno, y el turno queda libre 60 segundos después
de que el servidor respondió. Como el mensaje llega entre que se toma el turno y que se devuelve, dos mensajes del mismo
turno llegan con 60 segundos o más entre ellos: ninguna ventana de 60 segundos, corrediza y medida donde se recibe, pasa
del tope.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .libro import arriendo
from .models import Turno

MINUTO = dt.timedelta(seconds=60)
# Los relojes de dos máquinas no dicen exactamente lo mismo.
MARGEN = dt.timedelta(seconds=1)
SIN_TOPE = Turno(numero=0)


def libres(cuantos: int) -> int:
    """Cuántos mensajes, hasta ``cuantos``, se pueden enviar ya."""
    tope = settings.CORREO_POR_MINUTO
    if tope <= 0:
        return cuantos
    if Turno.objects.filter(numero__lte=tope).count() < tope:
        faltan = (Turno(numero=numero, libre_en=timezone.now()) for numero in range(1, tope + 1))
        Turno.objects.bulk_create(faltan, batch_size=500, ignore_conflicts=True)
    return min(cuantos, _libres().count())


def tomar() -> Turno | None:
    """Un turno para un mensaje, o ``None`` si hay que esperar. El de un cartero muerto queda libre con su arriendo."""
    if settings.CORREO_POR_MINUTO <= 0:
        return SIN_TOPE
    with transaction.atomic():
        # PostgreSQL salta los que otro está tomando; en SQLite la transacción IMMEDIATE ya es el bloqueo.
        turno = _libres().select_for_update(skip_locked=True).order_by("libre_en", "numero").first()
        if turno:
            turno.libre_en = timezone.now() + arriendo() + MINUTO
            turno.save(update_fields=["libre_en"])
    return turno


def devolver(turno: Turno, *, usado: bool) -> None:
    """Se llama al saber qué pasó con el mensaje; si no llegó a enviarse, el turno queda libre ya."""
    if turno is SIN_TOPE:
        return
    libre_en = timezone.now() + (MINUTO + MARGEN if usado else dt.timedelta())
    Turno.objects.filter(pk=turno.pk, libre_en=turno.libre_en).update(libre_en=libre_en)


def _libres():
    return Turno.objects.filter(numero__lte=settings.CORREO_POR_MINUTO, libre_en__lte=timezone.now())
