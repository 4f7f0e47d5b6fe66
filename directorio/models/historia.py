"""Lo que cambia con los años y no se pierde: puestos y nombres, con sus fechas."""

from django.db import models
from django.db.models import F

from comun.alcance import QuerySetConAlcance
from comun.vigencia import ConVigencia, fechas_en_orden

from .personal import Personal


class PuestoQuerySet(ConVigencia, QuerySetConAlcance):
    permiso_de = "directorio.operador"
    ruta_centro = "entidad__centro"


class Puesto(models.Model):
    """Dónde y de qué trabajó un operador entre dos fechas; el de hoy está además en su fila."""

    operador = models.ForeignKey("directorio.Operador", models.CASCADE, related_name="puestos")
    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="puestos")
    cargo = models.CharField("cargo", max_length=120, blank=True)
    sistemas = models.ManyToManyField("organizacion.Sistema", related_name="puestos", blank=True)
    desde = models.DateField("desde", null=True, blank=True, help_text="Vacío: no se sabe.")
    hasta = models.DateField("hasta", null=True, blank=True)

    objects = PuestoQuerySet.as_manager()

    class Meta:
        verbose_name = "puesto"
        verbose_name_plural = "puestos"
        # El de hoy, sin «hasta», primero: cada base pone los vacíos donde quiere.
        ordering = [F("hasta").desc(nulls_first=True), F("desde").desc(nulls_last=True), "-pk"]

    def __str__(self):
        return f"{self.cargo or 'Operador'}, {self.entidad}"


class PuestoDePersonalQuerySet(ConVigencia, QuerySetConAlcance):
    permiso_de = "directorio.personal"
    ruta_centro = "personal__centro"


class PuestoDePersonal(models.Model):
    """Qué cargo tuvo un miembro del personal, y dónde, entre dos fechas (R2, R3)."""

    personal = models.ForeignKey("directorio.Personal", models.CASCADE, related_name="puestos")
    cargo = models.CharField("cargo", max_length=30, choices=Personal.Cargo)
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="+")
    sistema = models.ForeignKey("organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="+")
    organo = models.ForeignKey("organizacion.Organo", models.PROTECT, null=True, blank=True, related_name="+")
    desde = models.DateField("desde")
    hasta = models.DateField("hasta", null=True, blank=True)
    # Verdadero mientras llega el día de un cambio programado: ese día su fila toma este puesto.
    por_aplicar = models.BooleanField(default=False, editable=False)

    objects = PuestoDePersonalQuerySet.as_manager()

    class Meta:
        verbose_name = "puesto del personal"
        verbose_name_plural = "puestos del personal"
        ordering = ["-desde", "-pk"]
        constraints = [fechas_en_orden("puesto_de_personal_fechas_en_orden")]

    def __str__(self):
        que = f"{self.get_cargo_display()} ({self.sistema})" if self.sistema_id else self.get_cargo_display()
        return f"{que}, {self.centro or self.organo or 'sede'}"


class NombreDeEntidadQuerySet(QuerySetConAlcance):
    permiso_de = "directorio.entidad"
    ruta_centro = "entidad__centro"


class NombreDeEntidad(models.Model):
    """Un nombre que la entidad llevó antes: se sigue encontrando por él."""

    entidad = models.ForeignKey("directorio.Entidad", models.CASCADE, related_name="nombres_anteriores")
    nombre = models.CharField("nombre", max_length=200)
    desde = models.DateField("desde", null=True, blank=True)
    hasta = models.DateField("hasta")

    objects = NombreDeEntidadQuerySet.as_manager()

    class Meta:
        verbose_name = "nombre anterior de una entidad"
        verbose_name_plural = "nombres anteriores de entidades"
        ordering = ["-hasta", "-pk"]

    def __str__(self):
        return self.nombre
