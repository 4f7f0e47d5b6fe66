"""Avisos de privacidad, por versiones, y la prueba de que alguien los aceptó."""

import hashlib

from django.db import models
from django.utils import timezone


class Aviso(models.Model):
    """Texto de privacidad que una persona acepta; cada cambio es una versión nueva con su huella SHA-256."""

    class Finalidad(models.TextChoices):
        """Las claves de ``custodia.finalidades.TRATAMIENTOS`` que se muestran a quien da sus datos."""

        INSCRIPCION = "inscripcion", "Inscripción a capacitaciones"
        SUSCRIPCION = "suscripcion", "Suscripción al boletín"
        PREGUNTA = "pregunta", "Preguntas a un centro"
        CORREO_OFICIAL = "correo_oficial", "Difusión a los correos oficiales del directorio"
        CONVOCATORIA = "convocatoria", "Respuesta a una invitación"
        OPERADORES = "operadores", "Corrección de los datos del directorio"
        CUENTAS = "cuentas", "Cuentas del personal"
        DERECHOS = "derechos", "Solicitudes sobre datos personales"

    finalidad = models.CharField("finalidad", max_length=30, choices=Finalidad)
    version = models.PositiveSmallIntegerField("versión")
    texto = models.TextField("texto")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    rige_desde = models.DateTimeField("rige desde", auto_now_add=True)

    class Meta:
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"
        constraints = [models.UniqueConstraint(fields=["finalidad", "version"], name="aviso_version_unica")]

    def __str__(self):
        return f"{self.get_finalidad_display()} v{self.version}"

    def save(self, *args, **kwargs):
        self.sha256 = hashlib.sha256(self.texto.encode()).hexdigest()
        super().save(*args, **kwargs)


class Consentimiento(models.Model):
    """Prueba de que alguien aceptó un aviso: cuál versión, cuándo, por dónde y desde qué dirección."""

    class Canal(models.TextChoices):
        WEB = "web", "Formulario web"
        PERSONAL = "personal", "Registrado por el personal"
        IMPORTACION = "importacion", "Importado con evidencia"
        DEMOSTRACION = "demostracion", "Dato de demostración"

    aviso = models.ForeignKey(Aviso, models.PROTECT, related_name="consentimientos")
    canal = models.CharField("canal", max_length=15, choices=Canal, default=Canal.WEB)
    otorgado_en = models.DateTimeField("otorgado", auto_now_add=True)
    ip = models.GenericIPAddressField("dirección IP", null=True, blank=True)

    class Meta:
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"

    def __str__(self):
        return f"{self.aviso} – {timezone.localtime(self.otorgado_en):%d/%m/%Y}"
