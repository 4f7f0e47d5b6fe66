from django.conf import settings
from django.db import models

from comun.validadores import validar_sin_control

from .programa import PorCapacitacionQuerySet


class TareaLogistica(models.Model):
    """Algo que prever para una capacitación (R73): local, proyector, refrigerio, carpetas…"""

    class Rubro(models.TextChoices):
        LOCAL = "local", "Local"
        PROYECTOR = "proyector", "Proyector"
        MULTIMEDIA = "multimedia", "Equipo multimedia"
        REFRIGERIO = "refrigerio", "Coffee break"
        REPRODUCCION = "reproduccion", "Reproducción de las exposiciones"
        CARPETAS = "carpetas", "Preparación de las carpetas"
        OTRO = "otro", "Otro recurso"

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Pendiente"
        LISTO = "listo", "Listo"
        NO_APLICA = "no_aplica", "No aplica"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="tareas_logisticas")
    rubro = models.CharField("rubro", max_length=14, choices=Rubro)
    descripcion = models.CharField("detalle", max_length=200, blank=True, validators=[validar_sin_control])
    responsable = models.ForeignKey(
        "directorio.Personal", models.SET_NULL, null=True, blank=True, related_name="tareas_logisticas"
    )
    para_el = models.DateField("para el", null=True, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.PENDIENTE)
    actualizada_en = models.DateTimeField("actualizada", auto_now=True)
    actualizada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "tarea de logística"
        verbose_name_plural = "tareas de logística"
        ordering = ["pk"]

    def __str__(self):
        return self.descripcion or self.get_rubro_display()
