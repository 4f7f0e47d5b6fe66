from django.core.exceptions import ValidationError
from django.db import models

from comun.texto import normalizar


class Sinonimo(models.Model):
    """Otra forma de llamar a algo («AT», «muni»): quien busca ``termino`` halla también ``equivale_a``."""

    termino = models.CharField("lo que la gente escribe", max_length=40, unique=True)
    equivale_a = models.CharField("lo que el portal dice", max_length=80)

    class Meta:
        verbose_name = "sinónimo"
        verbose_name_plural = "sinónimos"
        ordering = ["termino"]

    def __str__(self):
        return f"{self.termino} → {self.equivale_a}"

    def clean(self):
        self.termino = normalizar(self.termino).strip()
        if len(self.termino.split()) != 1:
            raise ValidationError({"termino": "Escriba una sola palabra o sigla."})
        if self.termino == normalizar(self.equivale_a).strip():
            raise ValidationError({"equivale_a": "Es la misma palabra."})
