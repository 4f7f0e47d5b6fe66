import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from .convocatoria import clave_nueva
from .programa import PorCapacitacionQuerySet


class MesaQuerySet(PorCapacitacionQuerySet):
    def abiertas(self, en=None):
        return self.filter(cerrada_en__isnull=True, vence_en__gt=en or timezone.now())


class Mesa(models.Model):
    """Una mesa de asistencia: la sesión de un teléfono o una tableta, limitada a una capacitación y hasta su fin."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="mesas")
    nombre = models.CharField("nombre", max_length=60, help_text="Por ejemplo, «Puerta principal».")
    # Lo que el aparato guarda en su cookie; aquí, solo su SHA-256.
    clave_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    # Con esto se abre una vez en el aparato (QR o dictado); se gasta al usarse.
    clave_de_apertura = models.CharField(max_length=40, unique=True, default=clave_nueva, editable=False)
    abierta_en = models.DateTimeField("abierta", auto_now_add=True)
    abierta_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    usada_en = models.DateTimeField("usada", null=True, blank=True)
    vence_en = models.DateTimeField("vence")
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True)

    objects = MesaQuerySet.as_manager()

    class Meta:
        verbose_name = "mesa de asistencia"
        verbose_name_plural = "mesas de asistencia"
        ordering = ["-abierta_en", "-pk"]

    def __str__(self):
        return f"{self.nombre} – {self.capacitacion}"

    def esta_abierta(self, en=None):
        return self.cerrada_en is None and (en or timezone.now()) < self.vence_en


class OperacionDeMesa(models.Model):
    """Una marca o una inscripción hecha en una mesa, quizá sin red; su número la hace irrepetible."""

    numero = models.UUIDField(primary_key=True, default=uuid.uuid4)
    mesa = models.ForeignKey(Mesa, models.CASCADE, related_name="operaciones")
    # «hecha», o por qué no se pudo: lo que se le muestra a quien atiende.
    conflicto = models.CharField("conflicto", max_length=200, blank=True)
    resultado = models.JSONField("resultado", default=dict, blank=True)
    ocurrida_en = models.DateTimeField("ocurrida")
    recibida_en = models.DateTimeField("recibida", auto_now_add=True)

    class Meta:
        verbose_name = "operación de mesa"
        verbose_name_plural = "operaciones de mesa"
        ordering = ["recibida_en"]

    def __str__(self):
        return f"{self.mesa}: {self.conflicto or 'hecha'}"
