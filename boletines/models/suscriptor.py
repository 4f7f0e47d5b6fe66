from django.db import models

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control


class SuscriptorQuerySet(QuerySetConAlcance):
    def confirmados(self):
        return self.filter(estado=Suscriptor.Estado.CONFIRMADO)


class Suscriptor(Buscable):
    """Quien pidió recibir el boletín. Solo se le escribe si confirmó desde su propio correo (doble confirmación)."""

    class Estado(models.TextChoices):
        INVITADO = "invitado", "Invitado a suscribirse"
        PENDIENTE = "pendiente", "Por confirmar"
        CONFIRMADO = "confirmado", "Confirmado"
        BAJA = "baja", "De baja"

    correo = models.EmailField("correo", max_length=254, unique=True)
    nombre = models.CharField("nombre", max_length=160, blank=True, validators=[validar_sin_control])
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="suscriptores"
    )
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.PENDIENTE)
    recibe_boletin = models.BooleanField("boletín mensual", default=True)
    recibe_comunicados = models.BooleanField("comunicados del MEF", default=True)
    recibe_informativos = models.BooleanField("correos informativos de su centro", default=True)
    temas = models.ManyToManyField(
        "organizacion.Sistema", related_name="suscriptores", blank=True, help_text="Ninguno: todos los temas."
    )
    consentimiento = models.ForeignKey(
        "custodia.Consentimiento", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    creado_en = models.DateTimeField("desde", auto_now_add=True)
    confirmacion_pedida_en = models.DateTimeField("última confirmación pedida", null=True, blank=True, editable=False)
    confirmado_en = models.DateTimeField("confirmado", null=True, blank=True, editable=False)
    baja_en = models.DateTimeField("de baja", null=True, blank=True, editable=False)
    # A quien está en una lista sin evidencia se le invita una sola vez.
    invitado_en = models.DateTimeField("invitado", null=True, blank=True, editable=False)
    importacion = models.ForeignKey(
        "boletines.ImportacionDeSuscriptores", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    campos_de_busqueda = ("correo", "nombre")
    objects = SuscriptorQuerySet.as_manager()

    class Meta:
        verbose_name = "suscriptor"
        verbose_name_plural = "suscriptores"
        ordering = ["correo"]

    def __str__(self):
        return self.correo
