from django.db import models
from django.utils import timezone


class Latido(models.Model):
    """Última vez que corrió un trabajo periódico: lo lee /salud/ y sirve de turno entre máquinas."""

    nombre = models.CharField("nombre", max_length=40, unique=True)
    ocurrido_en = models.DateTimeField("última vez")
    # Nadie más toma el trabajo antes de este momento: mientras corre es un arriendo, después su próxima vez.
    ocupado_hasta = models.DateTimeField("ocupado hasta", null=True, blank=True)
    detalle = models.TextField("detalle", blank=True)

    class Meta:
        verbose_name = "latido"
        verbose_name_plural = "latidos"

    def __str__(self):
        return f"{self.nombre}: {timezone.localtime(self.ocurrido_en):%d/%m/%Y %H:%M}"
