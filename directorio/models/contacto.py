from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q

from comun.validadores import validar_sin_control, validar_telefono

DUENOS = ("entidad", "operador", "autoridad", "medio", "personal")


def _de_un_solo_dueno() -> Q:
    """Exactamente una de las llaves de ``DUENOS`` está llena."""
    casos = (Q(**{f"{nombre}__isnull": nombre != lleno for nombre in DUENOS}) for lleno in DUENOS)
    return reduce(or_, casos)


class ConContactos:
    """Para una fila que tiene otros correos y teléfonos (``contactos``)."""

    @property
    def contactos_en_texto(self) -> str:
        """Los valores, para la búsqueda; sin consulta si aún no se guarda o si vinieron con la fila."""
        return " ".join(contacto.valor for contacto in self.contactos.all()) if self.pk else ""


def correo_a_mano(fila) -> str:
    """El principal; si no tiene, el primero de los otros. Sin consulta si ``contactos`` vino con la fila."""
    return fila.correo or _primero(fila, Contacto.Clase.CORREO)


def telefono_a_mano(fila) -> str:
    """El principal; si no tiene, el primero de los otros. Sin consulta si ``contactos`` vino con la fila."""
    return fila.telefono or _primero(fila, Contacto.Clase.TELEFONO)


def _primero(fila, clase: str) -> str:
    return next((contacto.valor for contacto in fila.contactos.all() if contacto.clase == clase), "")


class Contacto(models.Model):
    """Otro correo o teléfono de alguien del directorio; el principal está en su propia fila.

    Un correo no identifica a nadie: varias personas comparten buzón.
    """

    class Clase(models.TextChoices):
        CORREO = "correo", "Correo"
        TELEFONO = "telefono", "Teléfono"

    entidad = models.ForeignKey("directorio.Entidad", models.CASCADE, null=True, blank=True, related_name="contactos")
    operador = models.ForeignKey("directorio.Operador", models.CASCADE, null=True, blank=True, related_name="contactos")
    autoridad = models.ForeignKey(
        "directorio.Autoridad", models.CASCADE, null=True, blank=True, related_name="contactos"
    )
    medio = models.ForeignKey("directorio.Medio", models.CASCADE, null=True, blank=True, related_name="contactos")
    personal = models.ForeignKey("directorio.Personal", models.CASCADE, null=True, blank=True, related_name="contactos")
    clase = models.CharField("clase", max_length=8, choices=Clase)
    valor = models.CharField("correo o teléfono", max_length=254)
    nota = models.CharField("nota", max_length=60, blank=True, validators=[validar_sin_control], help_text="«Casa».")

    class Meta:
        verbose_name = "otro contacto"
        verbose_name_plural = "otros contactos"
        ordering = ["clase", "pk"]
        constraints = [models.CheckConstraint(name="contacto_de_un_solo_dueno", condition=_de_un_solo_dueno())]

    def __str__(self):
        return f"{self.valor} ({self.nota})" if self.nota else self.valor

    def clean(self):
        self.valor = (self.valor or "").strip()
        try:
            (validate_email if self.clase == self.Clase.CORREO else validar_telefono)(self.valor)
        except ValidationError as error:
            raise ValidationError({"valor": error}) from error
