from django.conf import settings
from django.db import models
from django.utils import timezone


class ImportacionQuerySet(models.QuerySet):
    def para_listar(self):
        """Sin la lista de errores, que puede pesar varios megas."""
        return self.defer("errores").select_related("centro", "subida_por")


class ImportacionDeSuscriptores(models.Model):
    """Una lista que se sube: se ensaya línea por línea y, confirmada, se incorpora.

    Con evidencia de consentimiento los correos quedan suscritos; sin ella se les invita una sola vez a suscribirse.
    """

    class Estado(models.TextChoices):
        ENSAYADA = "ensayada", "Ensayada"
        INCORPORADA = "incorporada", "Incorporada"
        DESCARTADA = "descartada", "Descartada"

    # Vacío en la que se descartó: sus datos ya no hacen falta.
    archivo = models.ForeignKey(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lista"
    )
    evidencia = models.ForeignKey(
        "custodia.ArchivoPrivado", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="evidencia"
    )
    procedencia = models.CharField("de dónde viene la lista y cómo aceptaron", max_length=300)
    recogida_en = models.DateField("cuándo se recogió", null=True, blank=True)
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="centro"
    )
    estado = models.CharField("estado", max_length=12, choices=Estado, default=Estado.ENSAYADA)
    # Cuántas líneas de cada clase: «nuevos» y los valores de ``boletines.ensayo.Reparo``.
    cuentas = models.JSONField("cuentas", default=dict)
    # [[línea, «lo que decía», «qué está mal»]…], en orden.
    errores = models.JSONField("errores", default=list)
    subida_en = models.DateTimeField("subida", auto_now_add=True)
    subida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    incorporada_en = models.DateTimeField("incorporada", null=True, blank=True)

    objects = ImportacionQuerySet.as_manager()

    class Meta:
        verbose_name = "importación de suscriptores"
        verbose_name_plural = "importaciones de suscriptores"
        ordering = ["-subida_en", "-pk"]

    @property
    def tiene_evidencia(self) -> bool:
        return self.evidencia_id is not None

    def __str__(self):
        return f"Lista del {timezone.localtime(self.subida_en):%d/%m/%Y}"
