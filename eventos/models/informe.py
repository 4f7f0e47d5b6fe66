from django.conf import settings
from django.db import models

from comun.alcance import QuerySetConAlcance

from .programa import PorCapacitacionQuerySet

FOTOS = 12  # a lo más, en un informe


class Informe(models.Model):
    """El informe del evento (Anexo 8): lo que los datos no dicen lo completa el Coordinador (R91)."""

    class Estado(models.TextChoices):
        BORRADOR = "borrador", "En preparación"
        PRESENTADO = "presentado", "Presentado"

    capacitacion = models.OneToOneField("eventos.Capacitacion", models.CASCADE, related_name="informe")
    objetivo = models.TextField("objetivo del curso", blank=True)
    metodologia = models.TextField("metodología del curso", blank=True)
    publico = models.TextField("público participante", blank=True)
    resultados = models.TextField("comentario a los resultados de las encuestas", blank=True)
    conclusiones = models.TextField("conclusiones y recomendaciones", blank=True)
    estado = models.CharField("estado", max_length=10, choices=Estado, default=Estado.BORRADOR, editable=False)
    # Las cifras con que se presentó; un cambio posterior se muestra como diferencia (invariante 10).
    cifras = models.JSONField("cifras presentadas", default=dict, blank=True, editable=False)
    presentado_en = models.DateTimeField("presentado", null=True, blank=True, editable=False)
    presentado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = PorCapacitacionQuerySet.as_manager()

    class Meta:
        verbose_name = "informe del evento"
        verbose_name_plural = "informes de eventos"

    def __str__(self):
        return f"Informe de {self.capacitacion}"

    @property
    def esta_presentado(self):
        return self.estado == self.Estado.PRESENTADO


class ParteDeInforme(models.Model):
    """Lo que cada especialista informa de su participación cuando hay varios sistemas (R91)."""

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="partes")
    expositor = models.OneToOneField("eventos.Expositor", models.PROTECT, related_name="parte_de_informe")
    texto = models.TextField("informe de su participación", blank=True)
    entregada_en = models.DateTimeField("entregada", null=True, blank=True)
    entregada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "parte del informe"
        verbose_name_plural = "partes del informe"
        ordering = ["expositor__orden", "pk"]

    def __str__(self):
        return f"{self.expositor}: {self.informe}"


class FotoDeInforme(models.Model):
    class QuerySet(QuerySetConAlcance):
        permiso_de = "eventos.informe"
        ruta_centro = "informe__capacitacion__centro"
        ruta_sistemas = "informe__capacitacion__sistemas"

    informe = models.ForeignKey(Informe, models.CASCADE, related_name="fotos")
    archivo = models.OneToOneField("custodia.ArchivoPrivado", models.PROTECT, related_name="foto_de_informe")
    descripcion = models.CharField("qué se ve", max_length=200, help_text="La lee quien no puede ver la foto.")
    orden = models.PositiveSmallIntegerField("orden", default=0)

    objects = QuerySet.as_manager()

    class Meta:
        verbose_name = "foto"
        verbose_name_plural = "fotos"
        ordering = ["orden", "pk"]

    def __str__(self):
        return self.descripcion
