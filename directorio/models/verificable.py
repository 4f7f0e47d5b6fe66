from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.plazos import hace_meses

MESES_SIN_VERIFICAR = 6


class ConVerificacion:
    """Para un QuerySet de filas ``Verificable``."""

    def sin_verificar(self, en=None, meses: int = MESES_SIN_VERIFICAR):
        """Las que nadie confirmó nunca, o no en los últimos ``meses`` antes de ``en`` (hoy si no se dice)."""
        limite = hace_meses(en or timezone.localdate(), meses)
        return self.filter(Q(verificado_en__isnull=True) | Q(verificado_en__lt=limite))


class Verificable(models.Model):
    """Un contacto que alguien confirma cada cierto tiempo (R114): quién lo hizo y cuándo."""

    verificado_en = models.DateField("verificado el", null=True, blank=True)
    # Vacío con fecha: lo confirmó la propia entidad por su enlace.
    verificado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def necesita_verificarse(self, en=None, meses: int = MESES_SIN_VERIFICAR) -> bool:
        """Lo mismo que ``sin_verificar``, de una fila."""
        limite = hace_meses(en or timezone.localdate(), meses)
        return self.verificado_en is None or self.verificado_en < limite
