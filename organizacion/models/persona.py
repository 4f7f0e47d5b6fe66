from django.core.exceptions import ValidationError
from django.db import models

from comun.busqueda import Buscable
from comun.validadores import validar_documento, validar_sin_control


class TipoDocumento(models.TextChoices):
    DNI = "dni", "DNI"
    CE = "ce", "Carné de extranjería"
    PASAPORTE = "pasaporte", "Pasaporte"


class Persona(Buscable):
    """Una persona, identificada por tipo y número de documento (invariante 11); nunca por su correo.

    Un formulario público no la lee ni la sobrescribe: cada inscripción guarda su propia copia de los datos.
    """

    tipo_documento = models.CharField("tipo de documento", max_length=10, choices=TipoDocumento, default="dni")
    numero_documento = models.CharField("número de documento", max_length=12)
    nombres = models.CharField("nombres", max_length=100, validators=[validar_sin_control])
    apellidos = models.CharField("apellidos", max_length=120, validators=[validar_sin_control])

    # Pidió que se borrara y el archivo obliga a conservar su fila: no se busca ni se usa para nada más (Ley 29733).
    bloqueada_en = models.DateTimeField("bloqueada", null=True, blank=True, editable=False)

    tiene_indice_de_busqueda = True
    campos_de_busqueda = ("apellidos", "nombres", "numero_documento")

    class Meta:
        verbose_name = "persona"
        verbose_name_plural = "personas"
        ordering = ["apellidos", "nombres"]
        constraints = [
            models.UniqueConstraint(fields=["tipo_documento", "numero_documento"], name="persona_documento_unico")
        ]

    def __str__(self):
        return f"{self.apellidos}, {self.nombres}"

    @property
    def sin_busqueda(self):
        return self.bloqueada_en is not None

    def clean(self):
        try:
            self.numero_documento = validar_documento(self.tipo_documento, self.numero_documento)
        except ValidationError as error:
            raise ValidationError({"numero_documento": error}) from error
