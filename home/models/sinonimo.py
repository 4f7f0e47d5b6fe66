from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models

from comun.texto import normalizar, palabras

LLAVE_DE_SINONIMOS = "home.sinonimos"


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
        self.termino = normalizar(self.termino)
        if palabras(self.termino) != [self.termino]:
            raise ValidationError({"termino": "Escriba una sola palabra o sigla, solo con letras y números."})
        if self.termino == normalizar(self.equivale_a):
            raise ValidationError({"equivale_a": "Es la misma palabra."})
        if not palabras(normalizar(self.equivale_a)):
            raise ValidationError({"equivale_a": "Escriba al menos una palabra que se pueda buscar."})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        cache.delete(LLAVE_DE_SINONIMOS)

    def delete(self, *args, **kwargs):
        borrado = super().delete(*args, **kwargs)
        cache.delete(LLAVE_DE_SINONIMOS)
        return borrado
