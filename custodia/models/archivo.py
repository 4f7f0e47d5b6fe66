import uuid
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import storages
from django.db import models


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
        DERECHOS = "derechos", "Solicitud sobre datos"
        IMPORTACION = "importacion", "Archivo importado al directorio"

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
