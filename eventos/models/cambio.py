from django.conf import settings
from django.db import models

from .programa import PorCapacitacionQuerySet


class Motivo(models.TextChoices):
    """Por qué se reprograma o cancela (R67). La fuerza mayor la agrega el portal; R42 la acepta en asistencias."""

    ENTE_RECTOR = "ente_rector", "Disposición del ente rector"
    USUARIOS = "usuarios", "Requerimiento de los usuarios"
    RECURSOS = "recursos", "Disponibilidad de recursos humanos o logística"
    FUERZA_MAYOR = "fuerza_mayor", "Fuerza mayor"


class Reprogramacion(models.Model):
    """Un cambio de fecha, hora o lugar de una capacitación ya publicada: qué decía antes y por qué cambió (R67)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="reprogramaciones")
    motivo = models.CharField("motivo", max_length=12, choices=Motivo)
    # Momento en que empezaba y fecha en que terminaba; el lugar, en una línea, como lo leyó la gente.
    comenzaba_en = models.DateTimeField("empezaba")
    terminaba_el = models.DateField("terminaba")
    lugar_antes = models.CharField("lugar", max_length=420, blank=True)
    creada_en = models.DateTimeField("cambiada", auto_now_add=True)
    creada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "reprogramación"
        verbose_name_plural = "reprogramaciones"
        ordering = ["-creada_en", "-pk"]

    def __str__(self):
        return f"{self.capacitacion}: {self.get_motivo_display()}"
