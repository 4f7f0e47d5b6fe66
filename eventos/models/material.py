from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models

from comun.validadores import validar_sin_control

from .programa import PorCapacitacionQuerySet

EXTENSIONES = ["docx", "odp", "odt", "pdf", "pptx", "xlsx", "zip"]


def ruta_del_material(material, nombre: str) -> str:
    return f"materiales/{material.capacitacion_id}/{nombre}"


class Material(models.Model):
    """Presentación o documento de una capacitación; el público lo descarga desde que termina, o antes si se dice."""

    capacitacion = models.ForeignKey("eventos.Capacitacion", models.CASCADE, related_name="materiales")
    titulo = models.CharField("título", max_length=160, validators=[validar_sin_control])
    archivo = models.FileField(
        "archivo", upload_to=ruta_del_material, max_length=255, validators=[FileExtensionValidator(EXTENSIONES)]
    )
    octetos = models.PositiveBigIntegerField("tamaño", default=0, editable=False)
    visible_antes = models.BooleanField("mostrarlo desde antes del evento", default=False)
    orden = models.PositiveSmallIntegerField("orden", default=0)
    subido_en = models.DateTimeField("subido", auto_now_add=True)
    subido_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "materiales"
        ordering = ["orden", "pk"]

    def __str__(self):
        return self.titulo
