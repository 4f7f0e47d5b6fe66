"""Rastro de auditoría."""

from django.conf import settings
from django.db import models


class SoloSeAgrega(Exception):
    """Alguien intentó cambiar o borrar una huella."""


class SoloAgregarQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise SoloSeAgrega("El rastro no se cambia.")

    def delete(self):
        raise SoloSeAgrega("El rastro no se borra.")


class SoloSeAgregan(models.Model):
    """Filas que nadie cambia ni borra: lo rehúsan el modelo, la consulta y un disparador de la base (ADR 0025)."""

    objects = SoloAgregarQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise SoloSeAgrega("El rastro no se cambia.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise SoloSeAgrega("El rastro no se borra.")


class Huella(SoloSeAgregan):
    """Quién hizo qué, cuándo y desde dónde. No lleva documentos ni correos en su texto."""

    ocurrida_en = models.DateTimeField("cuándo", auto_now_add=True, db_index=True)
    # El rastro sobrevive a la cuenta: guarda también el nombre de usuario.
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, blank=True, related_name="huellas", db_constraint=False
    )
    usuario_nombre = models.CharField("quién", max_length=150, blank=True)
    accion = models.CharField("acción", max_length=60)
    modelo = models.CharField("modelo", max_length=100, blank=True)
    objeto = models.CharField("fila", max_length=64, blank=True)
    detalle = models.JSONField("detalle", default=dict, blank=True)
    motivo = models.CharField("motivo", max_length=255, blank=True)
    ip = models.GenericIPAddressField("dirección IP", null=True, blank=True)

    class Meta:
        verbose_name = "huella"
        verbose_name_plural = "huellas"
        ordering = ["-ocurrida_en", "-pk"]
        indexes = [models.Index(fields=["modelo", "objeto"])]

    def __str__(self):
        return f"{self.accion} {self.modelo} {self.objeto}".strip()


class Eslabon(SoloSeAgregan):
    """El lugar de una huella en la cadena: su SHA-256 abarca el de la anterior. Lo pone ``custodia.cadena``.

    Va aparte para que la huella no cambie nunca, ni para encadenarla. Las llaves únicas impiden dos puntas.
    """

    numero = models.PositiveBigIntegerField("número", primary_key=True)
    huella = models.OneToOneField(Huella, models.DO_NOTHING, db_constraint=False, related_name="eslabon")
    anterior = models.CharField("SHA-256 de la anterior", max_length=64, unique=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    encadenada_en = models.DateTimeField("encadenada")

    class Meta:
        verbose_name = "eslabón del rastro"
        verbose_name_plural = "eslabones del rastro"
        ordering = ["numero"]

    def __str__(self):
        return f"N.° {self.numero}"


class Punta(models.Model):
    """Hasta dónde llega la cadena: una sola fila que avanza con ella y no retrocede (``custodia.guardas``).

    Sin ella, borrar los últimos eslabones no se notaría hasta el sello del día.
    """

    llave = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    numero = models.PositiveBigIntegerField("huellas")
    sha256 = models.CharField("SHA-256 de la punta", max_length=64)
    # La última que se escribió en el registro del servidor.
    dicha = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "punta del rastro"
        verbose_name_plural = "punta del rastro"
        constraints = [models.CheckConstraint(name="punta_una_sola", condition=models.Q(llave=1))]

    def __str__(self):
        return f"{self.numero}:{self.sha256}"


class Sello(SoloSeAgregan):
    """La punta de la cadena al cerrar un día: sin él, recortar el final no se notaría."""

    fecha = models.DateField("fecha", primary_key=True)
    numero = models.PositiveBigIntegerField("huellas")
    sha256 = models.CharField("SHA-256 de la punta", max_length=64)
    sellado_en = models.DateTimeField("sellado", auto_now_add=True)

    class Meta:
        verbose_name = "sello del rastro"
        verbose_name_plural = "sellos del rastro"
        ordering = ["-fecha"]
        get_latest_by = "fecha"

    def __str__(self):
        return f"{self.fecha:%d/%m/%Y}: {self.numero} {self.sha256[:12]}"
