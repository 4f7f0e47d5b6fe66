from django.conf import settings
from django.db import models
from django.utils import timezone

from comun.templatetags.comun import fecha_larga, hora

from .programa import DeCapacitacionQuerySet


class Motivo(models.TextChoices):
    """Por qué se reprograma o cancela (R67). La fuerza mayor la agrega el portal; R42 la acepta en asistencias."""

    ENTE_RECTOR = "ente_rector", "Disposición del ente rector"
    USUARIOS = "usuarios", "Requerimiento de los usuarios"
    RECURSOS = "recursos", "Disponibilidad de recursos humanos o logística"
    FUERZA_MAYOR = "fuerza_mayor", "Fuerza mayor"


class Reprogramacion(models.Model):
    """Un cambio de fecha, hora o lugar de una capacitación ya publicada: qué decía antes y por qué cambió (R67)."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="reprogramaciones")
    motivo = models.CharField("motivo", max_length=12, choices=Motivo)
    # Momento en que empezaba y fecha en que terminaba; el lugar, en una línea, como lo leyó la gente.
    comenzaba_en = models.DateTimeField("empezaba")
    terminaba_el = models.DateField("terminaba")
    lugar_antes = models.CharField("lugar", max_length=420, blank=True)
    creada_en = models.DateTimeField("cambiada", auto_now_add=True)
    creada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = DeCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "reprogramación"
        verbose_name_plural = "reprogramaciones"
        ordering = ["-creada_en", "-pk"]

    def __str__(self):
        return f"{self.capacitacion}: {self.get_motivo_display()}"

    @property
    def cambio_la_fecha(self):
        dias = timezone.localdate(self.comenzaba_en), self.terminaba_el
        return dias != (self.capacitacion.fecha_inicio, self.capacitacion.fecha_fin)

    @property
    def cambio_la_hora(self):
        return self.comenzaba_en != self.capacitacion.comienza_en

    @property
    def cambio_el_lugar(self):
        return self.lugar_antes != self.capacitacion.donde

    @property
    def titulo(self):
        """«Cambió de fecha y lugar»: en qué se distingue de cómo está ahora."""
        cambios = ["fecha"] if self.cambio_la_fecha else []
        cambios += ["lugar"] if self.cambio_el_lugar else []
        return f"Cambió de {' y '.join(cambios or ['horario'])}"

    @property
    def antes(self):
        """«Antes: lunes 3 de noviembre de 2026, 9:00 a. m.», con el lugar si cambió; «» si solo cambió cuánto dura."""
        partes = [self._cuando_era()] if self.cambio_la_fecha or self.cambio_la_hora else []
        partes += [self.lugar_antes] if self.cambio_el_lugar and self.lugar_antes else []
        return f"Antes: {'; '.join(partes)}" if partes else ""

    def _cuando_era(self):
        empezaba = f"{fecha_larga(self.comenzaba_en)}, {hora(self.comenzaba_en)}"
        es_de_un_dia = self.terminaba_el == timezone.localdate(self.comenzaba_en)
        return empezaba if es_de_un_dia else f"{empezaba}, hasta el {fecha_larga(self.terminaba_el)}"
