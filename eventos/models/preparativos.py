from django.conf import settings
from django.db import models

from .programa import PorCapacitacionQuerySet


class Preparativos(models.Model):
    """Lo que debe constar antes de una capacitación: autorizaciones, coordinaciones y quién hace qué."""

    capacitacion = models.OneToOneField("eventos.Capacitacion", models.CASCADE, related_name="preparativos")
    # R64: en lo que organiza otra entidad, la dirección autoriza a quien participa.
    autorizacion = models.CharField(
        "autorización de la dirección", max_length=160, blank=True, help_text="Documento que autoriza a participar."
    )
    autorizada_el = models.DateField("autorizada el", null=True, blank=True)
    # R72: los expositores de la sede o de otra entidad se coordinan antes con la OGAUC.
    coordinacion = models.CharField(
        "coordinación con la OGAUC", max_length=160, blank=True, help_text="Documento o correo con que se coordinó."
    )
    coordinada_el = models.DateField("coordinada el", null=True, blank=True)
    # R86, R88: quién abre, quién cierra y quién lleva la logística, si no es el Coordinador.
    apertura = models.ForeignKey(
        "directorio.Personal", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="abre el evento"
    )
    clausura = models.ForeignKey(
        "directorio.Personal", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="cierra el evento"
    )
    logistica = models.ForeignKey(
        "directorio.Personal",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="lleva la logística",
    )
    actualizados_en = models.DateTimeField("actualizados", auto_now=True)
    actualizados_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "preparativos"
        verbose_name_plural = "preparativos"

    def __str__(self):
        return f"Preparativos de {self.capacitacion}"
