from django.core.exceptions import ValidationError
from django.db import models

from .territorio import Departamento, Provincia


class DiaNoLaborable(models.Model):
    """Día no laborable que se decreta (o feriado regional): nacional, de un departamento o de una provincia.

    Los feriados nacionales de ley no se escriben aquí: los da la biblioteca ``holidays`` (``organizacion.dias``).
    """

    fecha = models.DateField("fecha")
    motivo = models.CharField("motivo", max_length=160, help_text="Por ejemplo, D.S. N.° 042-2026-PCM.")
    departamento = models.ForeignKey(
        Departamento, models.PROTECT, null=True, blank=True, related_name="dias_no_laborables"
    )
    provincia = models.ForeignKey(Provincia, models.PROTECT, null=True, blank=True, related_name="dias_no_laborables")

    class Meta:
        verbose_name = "día no laborable"
        verbose_name_plural = "días no laborables"
        ordering = ["-fecha"]
        constraints = [
            models.CheckConstraint(
                name="dia_no_laborable_un_ambito",
                condition=models.Q(departamento__isnull=True) | models.Q(provincia__isnull=True),
                violation_error_message="Elija un departamento o una provincia, no los dos.",
            ),
            # Tres, porque en SQL dos nulos no se repiten y SQLite no sabe NULLS NOT DISTINCT.
            models.UniqueConstraint(
                fields=["fecha"],
                condition=models.Q(departamento__isnull=True, provincia__isnull=True),
                name="dia_no_laborable_nacional_unico",
                violation_error_message="Ese día ya está registrado para todo el país.",
            ),
            models.UniqueConstraint(
                fields=["fecha", "departamento"],
                name="dia_no_laborable_departamento_unico",
                violation_error_message="Ese día ya está registrado para ese departamento.",
            ),
            models.UniqueConstraint(
                fields=["fecha", "provincia"],
                name="dia_no_laborable_provincia_unico",
                violation_error_message="Ese día ya está registrado para esa provincia.",
            ),
        ]

    def __str__(self):
        return f"{self.fecha:%d/%m/%Y}: {self.motivo}"

    def clean(self):
        if self.departamento_id and self.provincia_id:
            raise ValidationError({"provincia": "Elija un departamento o una provincia, no los dos."})

    @property
    def ambito(self) -> str:
        return str(self.departamento or self.provincia or "Todo el país")
