from django.db import models


class Turno(models.Model):
    """Uno de los lugares del tope por minuto: lo ocupa un mensaje y queda libre 60 segundos después (correo.ritmo)."""

    numero = models.PositiveIntegerField("número", unique=True)
    libre_en = models.DateTimeField("libre desde", db_index=True)

    class Meta:
        verbose_name = "turno"
        verbose_name_plural = "turnos"
        ordering = ["numero"]

    def __str__(self):
        return f"Turno {self.numero}"
