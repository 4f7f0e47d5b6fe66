from django.db import models


class VersionPublica(models.Model):
    """Una sola fila: cuántas veces cambió lo que el público ve. Va en la llave de la caché (invariante 13)."""

    numero = models.PositiveBigIntegerField("número", default=1)

    class Meta:
        verbose_name = "versión pública"
        verbose_name_plural = "versión pública"
        constraints = [models.CheckConstraint(name="version_publica_unica", condition=models.Q(pk=1))]

    def __str__(self):
        return f"versión {self.numero}"
