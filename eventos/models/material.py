import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils.text import slugify

from comun.validadores import validar_sin_control

from .programa import PorCapacitacionQuerySet

EXTENSIONES = ["docx", "odp", "odt", "pdf", "pptx", "xlsx", "zip"]


def ruta_del_material(material, nombre: str) -> str:
    """Un nombre al azar: aunque el servidor entregue /media/, nadie adivina dónde está lo que aún no se publica."""
    return f"materiales/{material.capacitacion_id}/{uuid.uuid4().hex}{PurePosixPath(nombre).suffix.lower()}"


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

    def get_absolute_url(self):
        return reverse("eventos:material", args=[self.capacitacion.slug, self.pk])

    def es_descargable(self, en=None):
        """Si el público puede bajarlo: la capacitación ya terminó, o se dijo que se viera desde antes."""
        return self.visible_antes or (self.capacitacion.esta_publicada and self.capacitacion.ya_termino(en))

    @property
    def formato(self):
        """«PDF», «PPTX»."""
        return PurePosixPath(self.archivo.name).suffix.lstrip(".").upper()

    @property
    def nombre_de_descarga(self):
        """Su título como nombre de archivo, sin tildes ni espacios."""
        return f"{slugify(self.titulo)[:100] or 'material'}.{self.formato.lower()}"
