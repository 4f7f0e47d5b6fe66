from django.db import models

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control, validar_telefono

from .contacto import ConContactos
from .verificable import ConVerificacion, Verificable


class MedioQuerySet(ConVerificacion, QuerySetConAlcance):
    pass


class Medio(ConContactos, Buscable, Verificable):
    """Medio de comunicación del ámbito de un centro (R114)."""

    class Tipo(models.TextChoices):
        ESCRITO = "escrito", "Escrito"
        TELEVISIVO = "televisivo", "Televisivo"
        RADIAL = "radial", "Radial"

    nombre = models.CharField("nombre", max_length=120)
    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    centro = models.ForeignKey("organizacion.Centro", models.PROTECT, related_name="medios")
    contacto = models.CharField("persona de contacto", max_length=160, blank=True, validators=[validar_sin_control])
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    esta_activo = models.BooleanField("activo", default=True)

    tiene_indice_de_busqueda = True
    campos_de_busqueda = ("nombre", "contacto", "correo", "contactos_en_texto")
    objects = MedioQuerySet.as_manager()

    class Meta:
        verbose_name = "medio de comunicación"
        permissions = [("exportar_medio", "Puede llevarse los medios, con su motivo")]
        verbose_name_plural = "medios de comunicación"
        ordering = ["nombre"]

    def __str__(self):
        return self.nombre
