"""Lo único que la entrada guarda por su cuenta: allauth guarda los factores y las sesiones, y axes los fallos."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

VIVE = timedelta(hours=1)


class TextoSalvadoQuerySet(models.QuerySet):
    def vigentes(self, en=None):
        return self.filter(guardado_en__gt=(en or timezone.now()) - VIVE)

    def vencidos(self, en=None):
        return self.filter(guardado_en__lte=(en or timezone.now()) - VIVE)

    def de(self, usuario):
        return self.vigentes().filter(usuario=usuario)


class TextoSalvado(models.Model):
    """Lo que alguien envió cuando su sesión ya había vencido: lo recupera al volver a entrar, durante una hora."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="textos_salvados", verbose_name="usuario"
    )
    ruta = models.CharField("dirección a la que se envió", max_length=500)
    pagina = models.CharField("dirección de la página en que se escribió", max_length=500, blank=True)
    datos = models.JSONField("lo que se escribió", help_text="Pares (campo, valor), sin archivos ni contraseñas.")
    sin_archivos = models.BooleanField("llevaba archivos que no se guardaron", default=False)
    guardado_en = models.DateTimeField("guardado el", default=timezone.now, db_index=True)

    objects = TextoSalvadoQuerySet.as_manager()

    class Meta:
        verbose_name = "texto salvado"
        verbose_name_plural = "textos salvados"

    def __str__(self):
        return f"Texto de {self.usuario_id}"

    @property
    def formulario(self) -> str:
        """Dónde volver a llenarlo: no siempre se envía a la misma dirección en que se ve."""
        return self.pagina or self.ruta
