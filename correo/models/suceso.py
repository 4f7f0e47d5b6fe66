from django.db import models

from .envio import Entrega


class Suceso(models.Model):
    """Lo que se supo de una entrega después de enviarla: un rebote, una queja, una baja. El mismo aviso cuenta una vez.

    ``identificador`` es el que da quien avisa; si no da ninguno, una huella de lo que dijo.
    """

    class Tipo(models.TextChoices):
        REBOTE = "rebote", "Rebote definitivo"
        REBOTE_PASAJERO = "pasajero", "Rebote pasajero"
        QUEJA = "queja", "Lo marcó como no deseado"
        BAJA = "baja", "Se dio de baja"

    origen = models.CharField("quién avisó", max_length=30)
    identificador = models.CharField("identificador del aviso", max_length=200)
    tipo = models.CharField("tipo", max_length=10, choices=Tipo)
    direccion = models.EmailField("dirección", max_length=254)
    entrega = models.ForeignKey(Entrega, models.CASCADE, null=True, blank=True, related_name="sucesos")
    ocurrido_en = models.DateTimeField("cuándo")
    recibido_en = models.DateTimeField("recibido", auto_now_add=True)
    detalle = models.CharField("detalle", max_length=300, blank=True)

    class Meta:
        verbose_name = "suceso"
        verbose_name_plural = "sucesos"
        ordering = ["-ocurrido_en", "-pk"]
        constraints = [models.UniqueConstraint(fields=["origen", "identificador"], name="suceso_una_sola_vez")]
        indexes = [models.Index(fields=["direccion", "tipo"], name="suceso_por_direccion")]

    def __str__(self):
        return f"{self.direccion} – {self.get_tipo_display()}"
