import secrets

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce

from comun.validadores import validar_sin_control, validar_telefono

from .programa import PorCapacitacionQuerySet


def clave_nueva() -> str:
    """32 caracteres al azar (192 bits) para un enlace personal."""
    return secrets.token_urlsafe(24)


class Convocatoria(models.Model):
    """Un envío de invitaciones (Anexo 4) a operadores del directorio (R76)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="convocatorias")
    # Con qué se eligió: dict(sistemas, cargo, tipos, provincias), para poder contarlo.
    criterio = models.JSONField("criterio", default=dict, blank=True)
    anticipacion = models.IntegerField("días de anticipación")
    motivo_tardia = models.CharField("por qué con menos días", max_length=200, blank=True)
    enviada_en = models.DateTimeField("enviada", auto_now_add=True)
    # Desde cuándo todos sus correos están en la bandeja de salida; antes, falta preparar alguno (ADR 0013).
    preparada_en = models.DateTimeField("correos preparados", null=True, blank=True, editable=False)
    enviada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "convocatoria"
        verbose_name_plural = "convocatorias"
        ordering = ["-enviada_en", "-pk"]

    def __str__(self):
        return f"Convocatoria de {self.capacitacion}"


class InvitacionQuerySet(PorCapacitacionQuerySet):
    def sin_respuesta(self):
        return self.filter(respuesta="")

    def que_asistiran(self):
        return self.filter(respuesta=Invitacion.Respuesta.ASISTIRA)

    def sin_inscripcion(self):
        """Aquellas de las que no salió una inscripción, o la que salió se anuló."""
        return self.filter(Q(inscripcion__isnull=True) | Q(inscripcion__estado="anulada"))


class Invitacion(models.Model):
    """La invitación a un operador, con copia de a quién se dirigió; su enlace sirve para confirmar (R77)."""

    class Respuesta(models.TextChoices):
        ASISTIRA = "asistira", "Asistirá"
        NO_ASISTIRA = "no_asistira", "No asistirá"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="invitaciones")
    convocatoria = models.ForeignKey(Convocatoria, models.CASCADE, related_name="invitaciones")
    operador = models.ForeignKey("directorio.Operador", models.SET_NULL, null=True, related_name="invitaciones")
    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="invitaciones")
    nombre = models.CharField("nombre", max_length=240, validators=[validar_sin_control])
    cargo = models.CharField("cargo", max_length=120, blank=True)
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    clave = models.CharField(max_length=40, unique=True, default=clave_nueva, editable=False)
    respuesta = models.CharField("respuesta", max_length=12, choices=Respuesta, blank=True)
    respondida_en = models.DateTimeField("respondió", null=True, blank=True)
    # La inscripción que hizo quien llegó por este enlace; uno dice que asistirá y otro puede ir en su lugar.
    inscripcion = models.OneToOneField(
        "eventos.Inscripcion", models.SET_NULL, null=True, blank=True, related_name="invitacion"
    )

    objects = InvitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "invitación"
        verbose_name_plural = "invitaciones"
        ordering = ["entidad__nombre", "nombre"]
        constraints = [
            models.UniqueConstraint(
                fields=["capacitacion", "operador"],
                condition=Q(operador__isnull=False),
                name="invitacion_unica_por_operador",
            )
        ]

    def __str__(self):
        return f"{self.nombre} ({self.entidad})"

    @property
    def nombre_de_entidad(self):
        return self.entidad.nombre

    @property
    def tiene_inscripcion(self):
        """Si de ella salió una inscripción que sigue vigente."""
        return self.inscripcion_id is not None and self.inscripcion.estado != "anulada"


class LlamadaQuerySet(PorCapacitacionQuerySet):
    def pendientes(self):
        return self.filter(resultado=Llamada.Resultado.PENDIENTE)

    def para_llamar(self):
        """Primero lo que falta y tiene teléfono; con la persona de cada una."""
        telefono = Coalesce("invitacion__telefono", "inscripcion__telefono", Value(""))
        falta = Case(When(resultado=Llamada.Resultado.PENDIENTE, then=0), default=1)
        sin_telefono = Case(When(numero="", then=1), default=0)
        filas = self.annotate(numero=telefono).order_by(falta, sin_telefono, "pk")
        return filas.select_related(
            "capacitacion", "llamada_por", "invitacion__entidad", "invitacion__inscripcion", "inscripcion__entidad"
        )


class Llamada(models.Model):
    """Alguien a quien llamar por una capacitación, y en qué quedó: poca acogida (R78), reafirmar (R79) o un aviso."""

    class Asunto(models.TextChoices):
        CONVOCATORIA = "convocatoria", "Recordar la invitación"
        REAFIRMACION = "reafirmacion", "Reafirmar la participación"
        CANCELACION = "cancelacion", "Avisar que se canceló"
        CAMBIO = "cambio", "Avisar que cambió"

    class Resultado(models.TextChoices):
        PENDIENTE = "pendiente", "Por llamar"
        LLAMADO = "llamado", "Llamado"
        ESCRITO = "escrito", "Se le escribió"
        CONFIRMO = "confirmo", "Confirmó"
        NO_ASISTIRA = "no_asistira", "No asistirá"
        NO_CONTESTA = "no_contesta", "No contesta"

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="llamadas")
    asunto = models.CharField("asunto", max_length=12, choices=Asunto)
    invitacion = models.ForeignKey(Invitacion, models.CASCADE, null=True, blank=True, related_name="llamadas")
    inscripcion = models.ForeignKey(
        "eventos.Inscripcion", models.CASCADE, null=True, blank=True, related_name="llamadas"
    )
    resultado = models.CharField("resultado", max_length=12, choices=Resultado, default=Resultado.PENDIENTE)
    nota = models.CharField("nota", max_length=200, blank=True)
    creada_en = models.DateTimeField("anotada", auto_now_add=True)
    llamada_en = models.DateTimeField("llamada", null=True, blank=True)
    llamada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = LlamadaQuerySet.as_manager()

    class Meta:
        verbose_name = "llamada"
        verbose_name_plural = "llamadas"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="llamada_a_una_persona",
                condition=Q(invitacion__isnull=False, inscripcion__isnull=True)
                | Q(invitacion__isnull=True, inscripcion__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["capacitacion", "asunto", "invitacion"],
                condition=Q(invitacion__isnull=False),
                name="llamada_unica_por_invitacion",
            ),
            models.UniqueConstraint(
                fields=["capacitacion", "asunto", "inscripcion"],
                condition=Q(inscripcion__isnull=False),
                name="llamada_unica_por_inscripcion",
            ),
        ]

    def __str__(self):
        return f"{self.get_asunto_display()}: {self.a_quien}"

    @property
    def a_quien(self):
        """La invitación o la inscripción de la persona a quien se llama."""
        return self.invitacion or self.inscripcion

    @property
    def nombre(self):
        """«Pedro Condori», venga de una invitación o de una inscripción."""
        if self.invitacion_id:
            return self.invitacion.nombre
        return f"{self.inscripcion.nombres} {self.inscripcion.apellidos}"

    @property
    def telefono(self):
        return self.a_quien.telefono

    @property
    def correo(self):
        return self.a_quien.correo

    @property
    def nombre_de_entidad(self):
        return self.a_quien.nombre_de_entidad

    @property
    def cargo(self):
        return self.a_quien.cargo

    @property
    def esta_pendiente(self):
        return self.resultado == self.Resultado.PENDIENTE
