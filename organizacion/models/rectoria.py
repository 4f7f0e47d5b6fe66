from django.db import models
from django.db.models import Q


class OrganoQuerySet(models.QuerySet):
    def aliados(self):
        """Las entidades con que se hacen servicios conjuntos (R7)."""
        return self.filter(tipo=Organo.Tipo.ALIADO)


class Organo(models.Model):
    """Órgano del MEF o entidad aliada. Los nombres son de 2013 y cambian: se editan y llevan vigencia."""

    class Tipo(models.TextChoices):
        ENTE_RECTOR = "ente_rector", "Ente rector"
        OFICINA = "oficina", "Oficina de la sede"
        ALIADO = "aliado", "Entidad aliada"

    sigla = models.CharField("sigla", max_length=20, unique=True)
    nombre = models.CharField("nombre", max_length=160)
    tipo = models.CharField("tipo", max_length=15, choices=Tipo)
    desde = models.DateField("vigente desde", null=True, blank=True)
    hasta = models.DateField("vigente hasta", null=True, blank=True)

    objects = OrganoQuerySet.as_manager()

    class Meta:
        verbose_name = "órgano"
        verbose_name_plural = "órganos"
        ordering = ["sigla"]
        constraints = [
            models.CheckConstraint(
                name="organo_fechas_en_orden",
                condition=Q(desde__isnull=True) | Q(hasta__isnull=True) | Q(hasta__gte=models.F("desde")),
            )
        ]

    def __str__(self):
        return self.sigla


class Sistema(models.Model):
    """Sistema administrativo o aplicativos, a cargo de un ente rector (R1)."""

    slug = models.SlugField("identificador", max_length=30, unique=True)
    nombre = models.CharField("nombre", max_length=80)
    organo = models.ForeignKey(Organo, models.PROTECT, related_name="sistemas", verbose_name="ente rector")
    orden = models.PositiveSmallIntegerField("orden", default=0)

    class Meta:
        verbose_name = "sistema administrativo"
        verbose_name_plural = "sistemas administrativos"
        ordering = ["orden", "nombre"]

    def __str__(self):
        return self.nombre
