from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control, validar_telefono


class SolicitudQuerySet(QuerySetConAlcance):
    ruta_sistemas = "sistemas"

    def por_atender(self):
        return self.filter(estado=Solicitud.Estado.RECIBIDA)


class Solicitud(Buscable):
    """Pedido escrito de capacitación (R69): de quién, qué pide y cómo se tramitó."""

    class Destinatario(models.TextChoices):
        CENTRO = "centro", "Al CONECTAMEF o a la Dirección de la OGAUC"
        ENTE_RECTOR = "ente_rector", "A un ente rector o a la OGTI"

    class Estado(models.TextChoices):
        RECIBIDA = "recibida", "Por atender"
        ACEPTADA = "aceptada", "Aceptada: oficio de respuesta"
        DERIVADA = "derivada", "Derivada con memorando"
        REMITIDA = "remitida", "Remitida por el STD al ente rector"
        RECHAZADA = "rechazada", "No procede"

    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, related_name="solicitudes_de_capacitacion")
    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="solicitudes_de_capacitacion")
    documento = models.CharField("documento", max_length=120, help_text="Por ejemplo, Oficio N.° 123-2026-MPC.")
    expediente = models.CharField("expediente del STD", max_length=40, blank=True)
    recibida_el = models.DateField("recibida el", default=timezone.localdate)
    dirigida_a = models.CharField("dirigida", max_length=12, choices=Destinatario, default=Destinatario.CENTRO)
    contacto = models.CharField("contacto", max_length=160, validators=[validar_sin_control])
    cargo = models.CharField("cargo", max_length=120, blank=True, validators=[validar_sin_control])
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    tema = models.CharField("tema que pide", max_length=200, validators=[validar_sin_control])
    sistemas = models.ManyToManyField(
        "organizacion.Sistema", related_name="solicitudes_de_capacitacion", verbose_name="sistemas", blank=True
    )
    publico = models.CharField("a quiénes", max_length=200, blank=True)
    participantes = models.PositiveIntegerField("participantes previstos", null=True, blank=True)
    fecha_propuesta = models.DateField("fecha que propone", null=True, blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.RECIBIDA, editable=False)
    respuesta = models.CharField("documento de respuesta", max_length=120, blank=True, editable=False)
    motivo = models.TextField("motivo", blank=True, editable=False)
    atendida_en = models.DateTimeField("atendida", null=True, blank=True, editable=False)
    atendida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    creada_en = models.DateTimeField("registrada", auto_now_add=True)

    campos_de_busqueda = ("tema", "documento", "expediente", "entidad", "contacto")
    objects = SolicitudQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitud de capacitación"
        permissions = [("exportar_solicitud", "Puede llevarse las solicitudes, con su motivo")]
        verbose_name_plural = "solicitudes de capacitación"
        ordering = ["-recibida_el", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="solicitud_atendida_con_fecha",
                condition=Q(estado="recibida", atendida_en__isnull=True)
                | (~Q(estado="recibida") & Q(atendida_en__isnull=False)),
            )
        ]

    def __str__(self):
        return f"{self.tema} – {self.entidad}"
