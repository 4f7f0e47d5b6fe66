"""Lo que rige entre dos fechas, ambas incluidas: ``desde`` y, si tiene fin, ``hasta``."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class ConVigencia:
    """Para un QuerySet de filas con ``desde`` y ``hasta``."""

    def vigentes(self, en=None):
        """Las que rigen en la fecha ``en`` (hoy si no se dice)."""
        en = en or timezone.localdate()
        return self.filter(Q(hasta__isnull=True) | Q(hasta__gte=en), desde__lte=en)


def fechas_en_orden(nombre: str) -> models.CheckConstraint:
    """Restricción ``nombre``: nada termina antes de empezar."""
    return models.CheckConstraint(
        name=nombre,
        condition=Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
        violation_error_message="La fecha final no puede ser anterior a la inicial.",
    )
