import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control


class PorCapacitacionQuerySet(QuerySetConAlcance):
    ruta_centro = "capacitacion__centro"
    ruta_sistemas = "capacitacion__sistemas"


class DeCapacitacionQuerySet(PorCapacitacionQuerySet):
    """Lo que se ve con la capacitación misma."""

    permiso_de = "eventos.capacitacion"


class ConHoras(models.Model):
    """Fila con hora inicial y final."""

    hora_inicio = models.TimeField("desde")
    hora_fin = models.TimeField("hasta")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_horas_en_orden",
                condition=Q(hora_fin__gt=F("hora_inicio")),
                violation_error_message="La hora final debe ser posterior a la inicial.",
            ),
        ]

    def clean(self):
        super().clean()
        if self.hora_inicio and self.hora_fin and self.hora_fin <= self.hora_inicio:
            raise ValidationError({"hora_fin": "La hora final debe ser posterior a la inicial."})


class Sesion(ConHoras):
    """Una sesión de firma: una por mañana o tarde en los eventos de un día, o una por día (R80, R81)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="sesiones")
    fecha = models.DateField("fecha")

    objects = DeCapacitacionQuerySet.as_manager()

    class Meta(ConHoras.Meta):
        verbose_name = "sesión"
        verbose_name_plural = "sesiones"
        ordering = ["fecha", "hora_inicio"]
        constraints = [
            *ConHoras.Meta.constraints,
            models.UniqueConstraint(
                fields=["capacitacion", "fecha", "hora_inicio"],
                name="sesion_unica",
                violation_error_message="Ya hay una sesión a esa hora.",
            ),
        ]

    def __str__(self):
        return f"{self.fecha:%d/%m/%Y} {self.hora_inicio:%H:%M}"

    @property
    def comienza_en(self):
        return timezone.make_aware(dt.datetime.combine(self.fecha, self.hora_inicio))

    @property
    def termina_en(self):
        return timezone.make_aware(dt.datetime.combine(self.fecha, self.hora_fin))

    @property
    def turno(self):
        return "mañana" if self.hora_inicio.hour < 13 else "tarde"


class Expositor(models.Model):
    """Quien expone (R72): del centro, de la sede o de otra entidad pública."""

    class Procedencia(models.TextChoices):
        CENTRO = "centro", "Del centro"
        SEDE = "sede", "De la sede del MEF"
        OTRA = "otra", "De otra entidad pública"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="expositores")
    personal = models.ForeignKey(
        "directorio.Personal", models.SET_NULL, null=True, blank=True, related_name="exposiciones"
    )
    nombre = models.CharField("nombre", max_length=160, validators=[validar_sin_control])
    procedencia = models.CharField("procedencia", max_length=10, choices=Procedencia, default=Procedencia.CENTRO)
    cargo = models.CharField("cargo", max_length=160, blank=True)
    tema = models.CharField("tema", max_length=200, blank=True)
    orden = models.PositiveSmallIntegerField("orden", default=0)

    objects = DeCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "expositor"
        verbose_name_plural = "expositores"
        ordering = ["orden", "pk"]

    def __str__(self):
        return self.nombre

    @property
    def es_del_centro(self):
        """Si es personal de un CONECTAMEF; lo dice su ficha o, si no la tiene, su procedencia."""
        return bool(self.personal.centro_id) if self.personal_id else self.procedencia == self.Procedencia.CENTRO


class ActividadPrograma(ConHoras):
    """Una fila del programa (Anexo 5): hora, actividad, metodología y responsable."""

    sesion = models.ForeignKey(Sesion, models.CASCADE, related_name="actividades")
    actividad = models.CharField("actividad", max_length=200)
    metodologia = models.CharField("metodología", max_length=120, blank=True)
    responsable = models.CharField("responsable", max_length=160, blank=True)

    class Meta(ConHoras.Meta):
        verbose_name = "actividad del programa"
        verbose_name_plural = "programa"
        ordering = ["sesion", "hora_inicio", "pk"]

    def __str__(self):
        return self.actividad
