import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

CUENTA = settings.AUTH_USER_MODEL


class VulneracionQuerySet(models.QuerySet):
    def abiertas(self):
        return self.filter(cerrada_en__isnull=True)

    def sin_notificar(self):
        """Aquellas cuyo reloj sigue corriendo."""
        return self.abiertas().filter(notificada_en__isnull=True)


class Vulneracion(models.Model):
    """Un incidente de seguridad con datos personales; el reloj corre desde que se detectó hasta notificarlo."""

    numero = models.CharField("número", max_length=20, unique=True, editable=False)
    detectada_en = models.DateTimeField("cuándo se detectó")
    que_paso = models.TextField("qué pasó", max_length=3000)
    datos = models.CharField("qué datos", max_length=300)
    cuantas = models.PositiveIntegerField("cuántas personas", default=0, help_text="Cero: todavía no se sabe.")
    medidas = models.TextField("medidas tomadas", max_length=3000, blank=True)
    vence_en = models.DateTimeField("notificar antes de", editable=False)
    notificada_en = models.DateTimeField("notificada a la Autoridad", null=True, blank=True)
    constancia = models.CharField("constancia de la notificación", max_length=160, blank=True)
    afectados_en = models.DateTimeField("notificada a las personas", null=True, blank=True)
    como_se_notifico = models.CharField("cómo se notificó a las personas", max_length=300, blank=True)
    cerrada_en = models.DateTimeField("cerrada", null=True, blank=True, editable=False)
    informe = models.ForeignKey(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # Qué avisos ya salieron: horas que faltaban.
    avisos = models.JSONField(default=list, editable=False)
    creada_en = models.DateTimeField("registrada", auto_now_add=True)
    registrada_por = models.ForeignKey(CUENTA, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = VulneracionQuerySet.as_manager()

    class Meta:
        verbose_name = "incidente con datos personales"
        verbose_name_plural = "incidentes con datos personales"
        ordering = ["-detectada_en"]

    def __str__(self):
        return self.numero

    def falta(self, en=None) -> dt.timedelta:
        """Lo que queda para notificar; negativo si ya venció."""
        return self.vence_en - (en or timezone.now())

    @property
    def cuanto_falta(self) -> str:
        """«31 h 20 min» o «venció hace 2 h 5 min»."""
        segundos = int(self.falta().total_seconds())
        minutos = abs(segundos) // 60
        texto = f"{minutos // 60} h {minutos % 60} min"
        return texto if segundos >= 0 else f"venció hace {texto}"

    @property
    def por_que_no_se_notifico(self) -> str:
        """A las personas: lo que se dijo al cerrarlo sin notificarles."""
        paso = self.pasos.filter(que=PasoDeVulneracion.SIN_NOTIFICAR).last()
        return paso.texto if paso else ""

    @property
    def semaforo(self) -> str:
        if self.notificada_en:
            return "en-plazo" if self.notificada_en <= self.vence_en else "vencida"
        horas = self.falta() / dt.timedelta(hours=1)
        return "vencida" if horas < 0 else "por-vencer" if horas < 24 else "en-plazo"


class PasoDeVulneracion(models.Model):
    """Lo que se hizo con un incidente; ninguno se cambia ni se borra."""

    SIN_NOTIFICAR = "No se notifica a las personas"

    vulneracion = models.ForeignKey(Vulneracion, models.PROTECT, related_name="pasos")
    que = models.CharField("qué", max_length=60)
    texto = models.TextField("detalle", blank=True)
    ocurrido_en = models.DateTimeField("cuándo", auto_now_add=True)
    por = models.ForeignKey(CUENTA, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "paso de un incidente"
        verbose_name_plural = "pasos de incidentes"
        ordering = ["ocurrido_en", "pk"]

    def __str__(self):
        return f"{self.vulneracion}: {self.que}"
