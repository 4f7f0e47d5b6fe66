"""Rastro de auditoría y avisos de privacidad."""

import hashlib
import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import storages
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


class Aviso(models.Model):
    """Texto de privacidad que una persona acepta; cada cambio es una versión nueva con su huella SHA-256."""

    class Finalidad(models.TextChoices):
        INSCRIPCION = "inscripcion", "Inscripción a capacitaciones"
        SUSCRIPCION = "suscripcion", "Suscripción al boletín"
        PREGUNTA = "pregunta", "Preguntas a un centro"
        CORREO_OFICIAL = "correo_oficial", "Difusión a los correos oficiales del directorio"

    finalidad = models.CharField("finalidad", max_length=30, choices=Finalidad)
    version = models.PositiveSmallIntegerField("versión")
    texto = models.TextField("texto")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    rige_desde = models.DateTimeField("rige desde", auto_now_add=True)

    class Meta:
        verbose_name = "aviso de privacidad"
        verbose_name_plural = "avisos de privacidad"
        constraints = [models.UniqueConstraint(fields=["finalidad", "version"], name="aviso_version_unica")]

    def __str__(self):
        return f"{self.get_finalidad_display()} v{self.version}"

    def save(self, *args, **kwargs):
        self.sha256 = hashlib.sha256(self.texto.encode()).hexdigest()
        super().save(*args, **kwargs)


class Consentimiento(models.Model):
    """Prueba de que alguien aceptó un aviso: cuál versión, cuándo, por dónde y desde qué dirección."""

    class Canal(models.TextChoices):
        WEB = "web", "Formulario web"
        PERSONAL = "personal", "Registrado por el personal"
        IMPORTACION = "importacion", "Importado con evidencia"
        DEMOSTRACION = "demostracion", "Dato de demostración"

    aviso = models.ForeignKey(Aviso, models.PROTECT, related_name="consentimientos")
    canal = models.CharField("canal", max_length=15, choices=Canal, default=Canal.WEB)
    otorgado_en = models.DateTimeField("otorgado", auto_now_add=True)
    ip = models.GenericIPAddressField("dirección IP", null=True, blank=True)

    class Meta:
        verbose_name = "consentimiento"
        verbose_name_plural = "consentimientos"

    def __str__(self):
        return f"{self.aviso} – {self.otorgado_en:%d/%m/%Y}"


def almacen_privado():
    """Fuera de MEDIA_ROOT y sin dirección: solo lo entrega una vista que pregunta quién lo pide."""
    return storages["privado"]


def ruta_privada(archivo, nombre: str) -> str:
    """Un nombre al azar, en la carpeta de su finalidad."""
    return f"{archivo.finalidad}/{uuid.uuid4().hex}{PurePosixPath(nombre).suffix.lower()}"


class ArchivoPrivado(models.Model):
    """Un archivo que no se publica: registros firmados, firmas, expedientes. Su dueño es la fila que lo señala."""

    class Finalidad(models.TextChoices):
        REGISTRO = "registro", "Registro de participantes firmado"
        FIRMA = "firma", "Firma en pantalla"
        FOTO = "foto", "Foto de un evento"
        EXPEDIENTE = "expediente", "Expediente"
        EVIDENCIA = "evidencia", "Evidencia de consentimiento"
        ADJUNTO = "adjunto", "Adjunto de un correo"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finalidad = models.CharField("finalidad", max_length=12, choices=Finalidad)
    archivo = models.FileField("archivo", upload_to=ruta_privada, storage=almacen_privado, max_length=200)
    nombre = models.CharField("nombre", max_length=160)
    tipo = models.CharField("tipo", max_length=100)
    octetos = models.PositiveBigIntegerField("tamaño")
    sha256 = models.CharField("SHA-256", max_length=64)
    creado_en = models.DateTimeField("guardado", auto_now_add=True)
    creado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "archivo privado"
        verbose_name_plural = "archivos privados"
        ordering = ["-creado_en"]

    def __str__(self):
        return self.nombre

    def leer(self) -> bytes:
        with self.archivo.open("rb") as abierto:
            return abierto.read()
