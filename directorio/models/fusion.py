from django.conf import settings
from django.db import models
from django.db.models import F, Q

REGISTROS = [("operador", "Operador"), ("entidad", "Entidad")]


class Fusion(models.Model):
    """Dos filas eran la misma y quedó una. Guarda cómo estaban las dos y a dónde fue cada cosa."""

    registro = models.CharField("registro", max_length=10, choices=REGISTROS)
    se_queda = models.PositiveBigIntegerField("fila que se queda")
    absorbida = models.PositiveBigIntegerField("fila absorbida")
    antes = models.JSONField("cómo estaban", default=dict)
    movidas = models.JSONField("qué pasó a la que se queda", default=dict)
    motivo = models.CharField("motivo", max_length=255, blank=True)
    unida_en = models.DateTimeField("unidas", auto_now_add=True)
    unida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "unión de filas"
        verbose_name_plural = "uniones de filas"
        ordering = ["-unida_en", "-pk"]
        constraints = [models.UniqueConstraint(fields=["registro", "absorbida"], name="fusion_absorbida_una_vez")]

    def __str__(self):
        return f"{self.get_registro_display()} {self.absorbida} → {self.se_queda}"


class NoEsDuplicado(models.Model):
    """Dos filas parecidas que alguien revisó y son distintas: no se vuelven a proponer."""

    registro = models.CharField("registro", max_length=10, choices=REGISTROS)
    menor = models.PositiveBigIntegerField()
    mayor = models.PositiveBigIntegerField()
    revisado_en = models.DateTimeField("revisado", auto_now_add=True)
    revisado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "par distinto"
        verbose_name_plural = "pares distintos"
        constraints = [
            models.UniqueConstraint(fields=["registro", "menor", "mayor"], name="no_es_duplicado_unico"),
            models.CheckConstraint(name="no_es_duplicado_en_orden", condition=Q(menor__lt=F("mayor"))),
        ]

    def __str__(self):
        return f"{self.get_registro_display()} {self.menor} y {self.mayor}"
