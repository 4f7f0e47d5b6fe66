from django.db import models

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control, validar_telefono

from .contacto import ConContactos
from .verificable import ConVerificacion, Verificable


class OperadorQuerySet(ConVerificacion, QuerySetConAlcance):
    ruta_centro = "entidad__centro"
    ruta_sistemas = "sistemas"

    def activos(self):
        return self.filter(esta_activo=True)


class Operador(ConContactos, Buscable, Verificable):
    """Persona de una entidad que opera uno o más sistemas administrativos (R114)."""

    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="operadores")
    # Solo si el personal conoce su documento: es lo que distingue a dos que se llaman igual (invariante 11).
    persona = models.ForeignKey(
        "organizacion.Persona", models.PROTECT, null=True, blank=True, editable=False, related_name="operadores"
    )
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])
    cargo = models.CharField("cargo", max_length=120, blank=True)
    sistemas = models.ManyToManyField("organizacion.Sistema", related_name="operadores", blank=True)
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    esta_activo = models.BooleanField("activo", default=True)
    # Era la misma persona que otra fila: sus enlaces llevan a la que se conservó.
    fusionado_en = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="absorbidos"
    )

    tiene_indice_de_busqueda = True
    campos_de_busqueda = ("apellidos", "nombres", "cargo", "correo", "entidad", "contactos_en_texto")
    objects = OperadorQuerySet.as_manager()

    class Meta:
        verbose_name = "operador"
        permissions = [("exportar_operador", "Puede llevarse los operadores, con su motivo")]
        verbose_name_plural = "operadores"
        ordering = ["apellidos", "nombres"]

    def __str__(self):
        return f"{self.apellidos}, {self.nombres}"
