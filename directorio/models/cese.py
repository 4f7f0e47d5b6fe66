from django.conf import settings
from django.db import models
from django.db.models import Q

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control


class CeseQuerySet(QuerySetConAlcance):
    ruta_centro = "personal__centro"
    permiso_de = "directorio.personal"

    def pendientes(self):
        """Los registrados para una fecha que todavía no llega, o que llegó y aún no se aplica."""
        return self.filter(aplicado_en__isnull=True, anulado_en__isnull=True)


class Cese(models.Model):
    """La salida de un miembro del personal: su último día y quién toma lo que deja."""

    personal = models.ForeignKey("directorio.Personal", models.CASCADE, related_name="ceses")
    ultimo_dia = models.DateField("último día de trabajo")
    motivo = models.CharField("motivo", max_length=200, validators=[validar_sin_control])
    hasta_de_antes = models.DateField(null=True, blank=True, editable=False)
    # {clave del relevo: llave de la cuenta que lo toma}
    relevos = models.JSONField("quién toma cada cosa", default=dict, blank=True)
    # [{titulo, cuantas, a}] de lo que en efecto pasó
    resultado = models.JSONField("qué pasó a quién", default=list, blank=True)
    registrado_en = models.DateTimeField("registrado", auto_now_add=True)
    registrado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    aplicado_en = models.DateTimeField("aplicado", null=True, blank=True)
    anulado_en = models.DateTimeField("anulado", null=True, blank=True)

    objects = CeseQuerySet.as_manager()

    class Meta:
        verbose_name = "cese"
        verbose_name_plural = "ceses"
        ordering = ["-registrado_en"]
        constraints = [
            models.UniqueConstraint(
                fields=["personal"],
                condition=Q(aplicado_en__isnull=True, anulado_en__isnull=True),
                name="cese_uno_pendiente",
            )
        ]

    def __str__(self):
        return f"Cese de {self.personal} al {self.ultimo_dia:%d/%m/%Y}"
