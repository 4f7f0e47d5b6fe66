from django.db import models


class CorreoOficial(models.Model):
    """Una dirección oficial del directorio a la que se difunde con base legal y no por consentimiento.

    Nace la primera vez que se le escribe; su llave va en el enlace de baja, que así no lleva la dirección.
    """

    correo = models.EmailField("correo", max_length=254, unique=True)
    base_legal = models.ForeignKey("custodia.Aviso", models.PROTECT, related_name="+", verbose_name="base legal")
    desde = models.DateTimeField("desde", auto_now_add=True)
    baja_en = models.DateTimeField("de baja", null=True, blank=True)

    class Meta:
        verbose_name = "correo oficial"
        verbose_name_plural = "correos oficiales"
        ordering = ["correo"]

    def __str__(self):
        return self.correo
