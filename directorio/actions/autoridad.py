"""Las autoridades terminan juntas su periodo (nuevas desde el 1 de enero de 2027)."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from custodia.actions import anotar
from directorio.models import Autoridad, Entidad


def que_terminan(entidad: Entidad, hasta: dt.date):
    """Las de ``entidad`` que siguen después de ``hasta`` y empezaron ese día o antes."""
    return Autoridad.objects.filter(Q(hasta__isnull=True) | Q(hasta__gt=hasta), entidad=entidad, desde__lte=hasta)


@transaction.atomic
def terminar_periodo(*, entidad: Entidad, hasta: dt.date, por, request=None) -> int:
    """``hasta`` es el último día de sus autoridades; las que empiezan después quedan. Devuelve cuántas cerró."""
    Entidad.objects.select_for_update(of=("self",)).get(pk=entidad.pk)
    cerradas = que_terminan(entidad, hasta).update(hasta=hasta)
    if cerradas:
        detalle = {"autoridades": cerradas, "hasta": hasta.isoformat()}
        anotar(accion="terminar periodo", por=por, objeto=entidad, detalle=detalle, request=request)
    return cerradas
