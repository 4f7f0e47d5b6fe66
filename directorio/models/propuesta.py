from django.conf import settings
from django.db import models

from comun.alcance import QuerySetConAlcance

from .campania import Pedido


class PropuestaQuerySet(QuerySetConAlcance):
    ruta_centro = "entidad__centro"

    def pendientes(self):
        return self.filter(estado=Propuesta.Estado.PENDIENTE)

    def resueltas(self, desde):
        """Las que alguien resolvió desde el momento ``desde``, la última primero."""
        return self.filter(resuelta_en__gte=desde, resuelta_por__isnull=False).order_by("-resuelta_en", "-pk")

    def con_lo_suyo(self):
        return self.select_related("pedido__campania", "entidad", "operador", "autoridad").prefetch_related(
            "operador__sistemas"
        )


class Propuesta(models.Model):
    """Un cambio que alguien propuso por su enlace: no toca el directorio hasta que quien lleva esa parte lo acepta."""

    class Clase(models.TextChoices):
        CAMBIO = "cambio", "Cambio"
        BAJA = "baja", "Ya no trabaja ahí"
        ALTA = "alta", "Persona nueva"

    class Sobre(models.TextChoices):
        ENTIDAD = "entidad", "Entidad"
        AUTORIDAD = "autoridad", "Autoridad"
        OPERADOR = "operador", "Operador"

    class Estado(models.TextChoices):
        PENDIENTE = "pendiente", "Por revisar"
        ACEPTADA = "aceptada", "Aceptada"
        RECHAZADA = "rechazada", "Rechazada"

    pedido = models.ForeignKey(Pedido, models.CASCADE, related_name="propuestas")
    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="propuestas")
    operador = models.ForeignKey(
        "directorio.Operador", models.CASCADE, null=True, blank=True, related_name="propuestas"
    )
    autoridad = models.ForeignKey(
        "directorio.Autoridad", models.CASCADE, null=True, blank=True, related_name="propuestas"
    )
    clase = models.CharField("clase", max_length=6, choices=Clase)
    sobre = models.CharField("sobre", max_length=9, choices=Sobre)
    campo = models.CharField("campo", max_length=20, blank=True)
    antes = models.CharField("antes", max_length=300, blank=True)
    despues = models.CharField("después", max_length=300, blank=True)
    # Un alta lleva aquí los datos de la persona nueva; un cambio de sistemas, sus llaves.
    datos = models.JSONField("datos", default=dict, blank=True)
    estado = models.CharField("estado", max_length=9, choices=Estado, default=Estado.PENDIENTE)
    creada_en = models.DateTimeField("propuesta", auto_now_add=True)
    resuelta_en = models.DateTimeField("resuelta", null=True, blank=True)
    resuelta_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PropuestaQuerySet.as_manager()

    class Meta:
        verbose_name = "propuesta de cambio"
        verbose_name_plural = "propuestas de cambio"
        ordering = ["creada_en", "pk"]

    def __str__(self):
        return f"{self.get_clase_display()}: {self.de_quien}"

    @property
    def fila(self):
        """Lo que cambiaría; ``None`` en un alta."""
        if self.clase == self.Clase.ALTA:
            return None
        return self.operador or self.autoridad or self.entidad

    @property
    def de_quien(self) -> str:
        if self.clase == self.Clase.ALTA:
            return f"{self.datos.get('nombres', '')} {self.datos.get('apellidos', '')}".strip()
        return str(self.fila)
