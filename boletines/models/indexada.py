from django.db import models

from comun.texto import indexable


class Indexada(models.Model):
    """Página que guarda, al publicarse, las raíces de su texto sin repetir, para el buscador (ADR 0006)."""

    texto_busqueda = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True

    def partes_de_busqueda(self) -> list[str]:
        """Los textos que se pueden buscar, sin HTML."""
        raise NotImplementedError

    def save(self, *args, **kwargs):
        self.texto_busqueda = " ".join(dict.fromkeys(indexable(*self.partes_de_busqueda()).split()))
        super().save(*args, **kwargs)
