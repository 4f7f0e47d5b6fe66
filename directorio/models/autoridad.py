from django.db import models
from django.utils import timezone

from comun.alcance import QuerySetConAlcance
from comun.busqueda import Buscable
from comun.validadores import validar_sin_control, validar_telefono
from comun.vigencia import ConVigencia, fechas_en_orden

from .contacto import ConContactos, telefono_a_mano
from .verificable import ConVerificacion, Verificable


class AutoridadQuerySet(ConVigencia, ConVerificacion, QuerySetConAlcance):
    ruta_centro = "entidad__centro"


class Autoridad(ConContactos, Buscable, Verificable):
    """Quien dirige una entidad entre dos fechas: alcalde, gobernador, gerente municipal (R114)."""

    entidad = models.ForeignKey("directorio.Entidad", models.PROTECT, related_name="autoridades")
    cargo = models.CharField("cargo", max_length=120, validators=[validar_sin_control])
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])
    correo = models.EmailField("correo", blank=True)
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", null=True, blank=True)

    tiene_indice_de_busqueda = True
    campos_de_busqueda = ("apellidos", "nombres", "cargo", "correo", "entidad", "contactos_en_texto")
    objects = AutoridadQuerySet.as_manager()

    class Meta:
        verbose_name = "autoridad"
        permissions = [("exportar_autoridad", "Puede llevarse las autoridades, con su motivo")]
        verbose_name_plural = "autoridades"
        ordering = ["apellidos", "nombres"]
        constraints = [fechas_en_orden("autoridad_fechas_en_orden")]

    @property
    def telefono_a_mano(self) -> str:
        return telefono_a_mano(self)

    def rige(self, en=None) -> bool:
        """Lo mismo que ``vigentes``, de una fila."""
        en = en or timezone.localdate()
        return self.desde <= en and (self.hasta is None or self.hasta >= en)

    def termino(self) -> bool:
        return self.hasta is not None and self.hasta < timezone.localdate()

    def __str__(self):
        return f"{self.apellidos}, {self.nombres}"
