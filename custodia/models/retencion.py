import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# Un lote tarda segundos: la que no avanza en este tiempo se quedó sin su proceso.
SIN_AVANZAR = dt.timedelta(hours=1)


class CorridaQuerySet(models.QuerySet):
    def abandonadas(self, en=None):
        """Sin terminar y sin que nadie las lleve."""
        return self.filter(termino_en__isnull=True, avanzo_en__lt=(en or timezone.now()) - SIN_AVANZAR)

    def dar_por_terminadas(self):
        return self.update(termino_en=F("avanzo_en"), fallas=["La corrida se interrumpió"])


class CorridaDeRetencion(models.Model):
    """Una vez que se corrió la retención: qué retiró (o retiraría, en un ensayo), lote por lote, y qué falló."""

    es_ensayo = models.BooleanField("ensayo", default=True)
    empezo_en = models.DateTimeField("empezó", auto_now_add=True)
    segundos = models.FloatField("segundos", default=0)
    avanzo_en = models.DateTimeField("último avance", auto_now=True)
    termino_en = models.DateTimeField("terminó", null=True, blank=True)
    # [[clave, título, plazo, cuántas]…]
    resultado = models.JSONField("resultado", default=list)
    # Las reglas que no se pudieron cumplir, con su error.
    fallas = models.JSONField("fallas", default=list, blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = CorridaQuerySet.as_manager()

    class Meta:
        verbose_name = "corrida de la retención"
        verbose_name_plural = "corridas de la retención"
        ordering = ["-empezo_en", "-pk"]
        get_latest_by = "empezo_en"
        constraints = [
            models.UniqueConstraint(
                fields=["es_ensayo"],
                condition=Q(es_ensayo=False, termino_en__isnull=True),
                name="retencion_de_a_una",
            )
        ]

    def __str__(self):
        return f"{'Ensayo' if self.es_ensayo else 'Retención'} del {timezone.localtime(self.empezo_en):%d/%m/%Y}"

    @property
    def total(self) -> int:
        return sum(fila[3] for fila in self.resultado)
