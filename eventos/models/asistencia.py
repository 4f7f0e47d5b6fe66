from django.conf import settings
from django.db import models

from comun.alcance import QuerySetConAlcance


class AsistenciaQuerySet(QuerySetConAlcance):
    ruta_centro = "sesion__capacitacion__centro"
    ruta_sistemas = "sesion__capacitacion__sistemas"

    def firmadas(self):
        """Las únicas que cuentan para las estadísticas (R84)."""
        return self.filter(esta_firmada=True)


class Asistencia(models.Model):
    """Paso de una persona inscrita por una sesión; solo cuenta si firmó (R84)."""

    class Medio(models.TextChoices):
        PAPEL = "papel", "En el registro de papel"
        PANTALLA = "pantalla", "Con el dedo, en pantalla"
        ENLACE = "enlace", "Por el enlace de la sesión virtual"

    inscripcion = models.ForeignKey("eventos.Inscripcion", models.PROTECT, related_name="asistencias")
    sesion = models.ForeignKey("eventos.Sesion", models.PROTECT, related_name="asistencias")
    esta_firmada = models.BooleanField("firmó", default=False)
    medio = models.CharField("cómo firmó", max_length=10, choices=Medio, default=Medio.PAPEL)
    registrada_en = models.DateTimeField("registrada", auto_now=True)
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # La mesa en que se marcó o se quitó por última vez; vacía si fue desde la intranet.
    mesa = models.ForeignKey(
        "eventos.Mesa", models.SET_NULL, null=True, blank=True, editable=False, related_name="asistencias"
    )

    objects = AsistenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "asistencia"
        verbose_name_plural = "asistencias"
        constraints = [models.UniqueConstraint(fields=["inscripcion", "sesion"], name="asistencia_unica")]

    def __str__(self):
        return f"{self.inscripcion} – {self.sesion}"
