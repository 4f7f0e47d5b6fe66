from django.conf import settings
from django.db import models

from comun.alcance import QuerySetConAlcance
from comun.validadores import validar_sin_control, validar_telefono


class PreguntaQuerySet(QuerySetConAlcance):
    def por_atender(self):
        return self.filter(atendida_en__isnull=True).order_by("creada_en")


class Pregunta(models.Model):
    """Lo que alguien pregunta desde el portal a un centro (o a la sede), casi siempre sobre una capacitación."""

    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="preguntas")
    capacitacion = models.ForeignKey(
        "eventos.Capacitacion", models.PROTECT, null=True, blank=True, related_name="preguntas"
    )
    # El mismo envío repetido no se guarda dos veces.
    envio = models.UUIDField(unique=True, editable=False)
    nombre = models.CharField("nombre", max_length=160, validators=[validar_sin_control])
    correo = models.EmailField("correo")
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    texto = models.TextField("pregunta", max_length=2000)
    aviso = models.ForeignKey("custodia.Aviso", models.PROTECT, null=True, blank=True, related_name="+")
    creada_en = models.DateTimeField("recibida", auto_now_add=True)
    atendida_en = models.DateTimeField("atendida", null=True, blank=True, editable=False)
    atendida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    respuesta = models.TextField("respuesta", blank=True, editable=False)

    objects = PreguntaQuerySet.as_manager()

    class Meta:
        verbose_name = "pregunta"
        permissions = [("exportar_pregunta", "Puede llevarse las preguntas, con su motivo")]
        verbose_name_plural = "preguntas"
        ordering = ["-creada_en"]

    def __str__(self):
        return f"{self.nombre}: {self.texto[:60]}"
