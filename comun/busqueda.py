"""Columna de búsqueda normalizada para registros: se llena al guardar y se consulta sin tildes."""

from django.db import models

from comun.texto import normalizar


def filtrar_por_texto(queryset, consulta: str, campo: str = "texto_busqueda"):
    """Filas cuyo ``campo`` contiene cada palabra de ``consulta``, sin distinguir tildes ni mayúsculas."""
    for palabra in normalizar(consulta.replace("\x00", "")).split()[:10]:
        queryset = queryset.filter(**{f"{campo}__contains": palabra})
    return queryset


class Buscable(models.Model):
    """Modelo con ``texto_busqueda``. ``campos_de_busqueda`` nombra los campos (o caminos con punto) que reúne.

    Quien use ``bulk_create`` o ``update`` llama antes a ``refrescar_busqueda()``.
    """

    campos_de_busqueda: tuple[str, ...] = ()
    texto_busqueda = models.TextField(editable=False, default="", blank=True)

    class Meta:
        abstract = True

    def refrescar_busqueda(self):
        partes = (str(getattr(self, campo, "") or "") for campo in self.campos_de_busqueda)
        self.texto_busqueda = normalizar(" ".join(partes))

    def save(self, *args, update_fields=None, **kwargs):
        self.refrescar_busqueda()
        if update_fields is not None:
            update_fields = {*update_fields, "texto_busqueda"}
        super().save(*args, update_fields=update_fields, **kwargs)
