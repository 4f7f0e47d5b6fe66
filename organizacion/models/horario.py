import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.vigencia import ConVigencia, fechas_en_orden

DIAS_DE_ANUNCIO = 30


class HorarioEspecialQuerySet(ConVigencia, QuerySetConAlcance):
    def por_anunciar(self, en=None):
        """Los que el público debe saber en la fecha ``en``: los que rigen y los que empiezan en un mes."""
        en = en or timezone.localdate()
        return self.por_venir(en + dt.timedelta(days=DIAS_DE_ANUNCIO), en)

    def por_venir(self, hasta, en=None):
        """Los que rigen en algún día entre ``en`` (hoy si no se dice) y la fecha ``hasta``."""
        en = en or timezone.localdate()
        return self.filter(hasta__gte=en, desde__lte=hasta).order_by("desde")


class HorarioEspecial(models.Model):
    """Cierre u horario distinto de un centro entre dos fechas, ambas incluidas."""

    centro = models.ForeignKey("organizacion.Centro", models.CASCADE, related_name="horarios_especiales")
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", default=timezone.localdate)
    esta_cerrado = models.BooleanField("no atiende", default=True)
    abre = models.TimeField("abre", null=True, blank=True)
    cierra = models.TimeField("cierra", null=True, blank=True)
    motivo = models.CharField("motivo", max_length=160, help_text="Lo lee el público; por ejemplo, «Mudanza de local».")

    objects = HorarioEspecialQuerySet.as_manager()

    class Meta:
        verbose_name = "cierre u horario especial"
        verbose_name_plural = "cierres y horarios especiales"
        ordering = ["-desde"]
        constraints = [
            fechas_en_orden("horario_especial_fechas_en_orden"),
            models.CheckConstraint(
                name="horario_especial_cerrado_o_con_horas",
                condition=Q(esta_cerrado=True) | Q(abre__isnull=False, cierra__gt=F("abre")),
                violation_error_message="Escriba desde y hasta qué hora atiende, o marque «no atiende».",
            ),
        ]

    def __str__(self):
        return f"{self.centro}: {self.motivo} ({self.desde:%d/%m/%Y})"

    def clean(self):
        if self.esta_cerrado:
            self.abre = self.cierra = None
        elif self.abre is None or self.cierra is None:
            raise ValidationError({"abre": "Escriba desde y hasta qué hora atiende, o marque «no atiende»."})
