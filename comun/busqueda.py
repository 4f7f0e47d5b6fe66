"""Columna de búsqueda normalizada para registros: se llena al guardar y se consulta sin tildes (ADR 0033)."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from comun.indice import COLUMNA, MINIMO, tiene_indice
from comun.texto import normalizar

PUNTUACION = ",.;:()«»\"'"


def palabras_de(consulta: str) -> list[str]:
    """Las primeras diez palabras de ``consulta``, normalizadas y sin puntuación en los bordes."""
    palabras = normalizar(consulta.replace("\x00", "")).split()[:10]
    return [limpia for palabra in palabras if (limpia := palabra.strip(PUNTUACION))]


def filtrar_por_texto(queryset, consulta: str, campo: str = COLUMNA):
    """Filas cuyo ``campo`` contiene cada palabra de ``consulta``, sin distinguir tildes ni mayúsculas.

    Usa el índice si el modelo lo tiene; las palabras de menos de tres letras no entran en él.
    """
    palabras = palabras_de(consulta)
    if campo == COLUMNA and tiene_indice(queryset.model):
        largas = tuple(palabra for palabra in palabras if len(palabra) >= MINIMO)
        queryset = queryset.filter(texto_busqueda__fragmentos=largas) if largas else queryset
        palabras = [palabra for palabra in palabras if len(palabra) < MINIMO]
    for palabra in palabras:
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

    Quien use ``bulk_create`` o ``update`` llama antes a ``refrescar_busqueda()``. Una fila ``sin_busqueda`` (la de
    alguien que pidió no ser hallado) la deja vacía. Con ``tiene_indice_de_busqueda``, una migración de su app lleva
    ``comun.indice.IndiceDeBusqueda``.
    """

    tiene_indice_de_busqueda = False
    campos_de_busqueda: tuple[str, ...] = ()
    sin_busqueda = False
    texto_busqueda = models.TextField(editable=False, default="", blank=True)

    class Meta:
        abstract = True

    def refrescar_busqueda(self):
        if self.sin_busqueda:
            self.texto_busqueda = ""
            return
        self.texto_busqueda = normalizar(" ".join(_valor(self, camino) for camino in self.campos_de_busqueda))

    def save(self, *args, update_fields=None, **kwargs):
        self.refrescar_busqueda()
        if update_fields is not None:
            update_fields = {*update_fields, "texto_busqueda"}
        super().save(*args, update_fields=update_fields, **kwargs)
