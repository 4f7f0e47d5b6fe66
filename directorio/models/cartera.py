from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from comun.alcance import QuerySetConAlcance

from .personal import Personal

DE_SISTEMA = (Personal.Cargo.ESPECIALISTA, Personal.Cargo.IMPLANTADOR)


class CarteraQuerySet(QuerySetConAlcance):
    def con_titular(self, en=None):
        """Cada parte con ``titular``: la llave de quien la lleva en la fecha ``en``, o nada si no hay quien.

        Del centro, el responsable puesto mientras trabaje; si no, el especialista del sistema; si no, el Coordinador.
        """
        vigentes = Personal.objects.vigentes(en or timezone.localdate())
        aqui = vigentes.filter(centro=OuterRef("centro")).order_by("desde", "pk").values("pk")
        puesto = aqui.filter(pk=OuterRef("responsable"))
        del_sistema = aqui.filter(cargo__in=DE_SISTEMA, sistema=OuterRef("sistema"))
        quien_coordina = aqui.filter(cargo=Personal.Cargo.COORDINADOR)
        partes = (Subquery(filas[:1]) for filas in (puesto, del_sistema, quien_coordina))
        return self.annotate(titular=Coalesce(*partes))

    def de(self, personal, en=None):
        """Las partes que hoy lleva ``personal``."""
        return self.con_titular(en).filter(titular=personal.pk if personal else None)

    def en_orden(self):
        return self.order_by("centro__nombre", "clase", F("sistema__orden").asc(nulls_last=True), "pk")


class Cartera(models.Model):
    """Una parte del directorio de un centro, y a quién se le encargó (R114). Las filas las pone ``completar``."""

    class Clase(models.TextChoices):
        OPERADORES = "operadores", "Operadores"
        ENTIDADES = "entidades", "Entidades y autoridades"
        MEDIOS = "medios", "Medios de comunicación"
        PERSONAL = "personal", "Personal del centro"

    centro = models.ForeignKey("organizacion.Centro", models.CASCADE, related_name="carteras")
    clase = models.CharField("parte", max_length=12, choices=Clase)
    # Solo en los operadores; vacío, los que no tienen sistema anotado.
    sistema = models.ForeignKey("organizacion.Sistema", models.CASCADE, null=True, blank=True, related_name="carteras")
    # Vacío: la lleva quien le toca por su cargo.
    responsable = models.ForeignKey(
        "directorio.Personal", models.SET_NULL, null=True, blank=True, related_name="carteras"
    )

    objects = CarteraQuerySet.as_manager()

    class Meta:
        verbose_name = "parte del directorio"
        verbose_name_plural = "partes del directorio"
        constraints = [
            models.UniqueConstraint(fields=["centro", "clase", "sistema"], name="cartera_unica"),
            # Para la base, dos vacíos son distintos.
            models.UniqueConstraint(
                fields=["centro", "clase"], condition=Q(sistema__isnull=True), name="cartera_unica_sin_sistema"
            ),
            models.CheckConstraint(
                name="cartera_de_sistema_solo_operadores",
                condition=Q(sistema__isnull=True) | Q(clase="operadores"),
            ),
        ]

    def __str__(self):
        if self.clase != self.Clase.OPERADORES:
            return self.get_clase_display()
        return f"Operadores de {self.sistema}" if self.sistema_id else "Operadores sin sistema"
