from django.db import models


class Supresion(models.Model):
    """Dirección a la que no se envía correo masivo: se dio de baja o rebota. Sobrevive al suscriptor."""

    class Motivo(models.TextChoices):
        BAJA = "baja", "Se dio de baja"
        REBOTE = "rebote", "La dirección rebota"
        QUEJA = "queja", "Lo marcó como no deseado"

    direccion = models.EmailField("dirección", max_length=254, unique=True)
    motivo = models.CharField("motivo", max_length=10, choices=Motivo)
    desde = models.DateTimeField("desde", auto_now_add=True)

    class Meta:
        verbose_name = "dirección suprimida"
        verbose_name_plural = "direcciones suprimidas"

    def __str__(self):
        return self.direccion
