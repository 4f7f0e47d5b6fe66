"""Qué cargó la demostración, para poder retirarla entera sin tocar lo que hicieron las personas."""

from django.db import models
from django.utils import timezone


class Carga(models.Model):
    """Una carga de datos de demostración. Se hace una vez; ``quitada_en`` dice que ya se retiró."""

    hecha_en = models.DateTimeField(auto_now_add=True)
    quitada_en = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "carga de demostración"
        verbose_name_plural = "cargas de demostración"

    def __str__(self):
        return f"Demostración del {timezone.localtime(self.hecha_en):%d/%m/%Y}"


class Marca(models.Model):
    """Una fila raíz creada por la carga; lo que cuelga de ella (inscripciones, sesiones) se va con ella."""

    carga = models.ForeignKey(Carga, models.CASCADE, related_name="marcas")
    modelo = models.CharField(max_length=100)
    llave = models.CharField(max_length=64)

    class Meta:
        verbose_name = "marca de demostración"
        verbose_name_plural = "marcas de demostración"
        indexes = [models.Index(fields=["modelo"])]

    def __str__(self):
        return f"{self.modelo} {self.llave}"
