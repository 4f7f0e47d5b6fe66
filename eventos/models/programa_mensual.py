from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from comun.alcance import QuerySetConAlcance


class ProgramaMensual(models.Model):
    """El programa de un mes que un centro dio por registrado, y cuándo (R66)."""

    centro = models.ForeignKey("organizacion.Centro", models.CASCADE, related_name="programas_mensuales")
    anio = models.PositiveSmallIntegerField("año")
    mes = models.PositiveSmallIntegerField("mes", validators=[MinValueValidator(1), MaxValueValidator(12)])
    registrado_en = models.DateTimeField("registrado", auto_now_add=True)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuerySetConAlcance.as_manager()

    class Meta:
        verbose_name = "programa mensual"
        verbose_name_plural = "programas mensuales"
        ordering = ["-anio", "-mes", "centro"]
        constraints = [models.UniqueConstraint(fields=["centro", "anio", "mes"], name="programa_mensual_unico")]

    def __str__(self):
        return f"{self.centro}, {self.mes:02d}/{self.anio}"


class ImportacionDePrograma(models.Model):
    """Una hoja de cálculo con capacitaciones: primero se revisa fila por fila y luego se confirma, o no."""

    class Estado(models.TextChoices):
        REVISADA = "revisada", "Revisada, por confirmar"
        CONFIRMADA = "confirmada", "Confirmada"
        DESCARTADA = "descartada", "Descartada"

    centro = models.ForeignKey(
        "organizacion.Centro", models.CASCADE, null=True, blank=True, related_name="importaciones_de_programa"
    )
    nombre = models.CharField("archivo", max_length=200)
    # Cada fila: dict(fila, titulo, cuando, datos, errores, avisos). Los datos son un ``eventos.renglon.Renglon`` como
    # texto, o nada si la fila tiene errores.
    filas = models.JSONField("filas", default=list)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.REVISADA)
    creada_en = models.DateTimeField("subida", auto_now_add=True)
    creada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    confirmada_en = models.DateTimeField("confirmada", null=True, blank=True)

    objects = QuerySetConAlcance.as_manager()

    class Meta:
        verbose_name = "importación de programa"
        verbose_name_plural = "importaciones de programa"
        ordering = ["-creada_en"]

    def __str__(self):
        return f"{self.nombre} ({self.get_estado_display().lower()})"
