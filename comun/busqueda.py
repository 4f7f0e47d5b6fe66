"""Columna de búsqueda normalizada para registros: se llena al guardar y se consulta sin tildes."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from comun.texto import normalizar

PUNTUACION = ",.;:()«»\"'"


def palabras_de(consulta: str) -> list[str]:
    """Las primeras diez palabras de ``consulta``, normalizadas y sin puntuación en los bordes."""
    palabras = normalizar(consulta.replace("\x00", "")).split()[:10]
    return [limpia for palabra in palabras if (limpia := palabra.strip(PUNTUACION))]


def filtrar_por_texto(queryset, consulta: str, campo: str = "texto_busqueda"):
    """Filas cuyo ``campo`` contiene cada palabra de ``consulta``, sin distinguir tildes ni mayúsculas."""
    for palabra in palabras_de(consulta):
        queryset = queryset.filter(**{f"{campo}__contains": palabra})
    return queryset


def _valor(fila, camino: str) -> str:
    """El texto al final de ``camino`` («entidad.nombre»), o «» si algo en medio está vacío."""
    valor = fila
    for campo in camino.split("."):
        try:
            valor = getattr(valor, campo, None)
        except ObjectDoesNotExist:
            return ""
    return "" if valor is None else str(valor)


class Buscable(models.Model):
    """Modelo con ``texto_busqueda``. ``campos_de_busqueda`` nombra los campos que reúne («distrito.nombre_completo»).

    Quien use ``bulk_create`` o ``update`` llama antes a ``refrescar_busqueda()``.
    """

    campos_de_busqueda: tuple[str, ...] = ()
    texto_busqueda = models.TextField(editable=False, default="", blank=True)

    class Meta:
        abstract = True

    def refrescar_busqueda(self):
        self.texto_busqueda = normalizar(" ".join(_valor(self, camino) for camino in self.campos_de_busqueda))

    def save(self, *args, update_fields=None, **kwargs):
        self.refrescar_busqueda()
        if update_fields is not None:
            update_fields = {*update_fields, "texto_busqueda"}
        super().save(*args, update_fields=update_fields, **kwargs)
