"""Los correos que un especialista difunde: comunicados reenviados (R111) y correos informativos (R112)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from wagtail.fields import RichTextField

from comun.alcance import VER, QuerySetConAlcance, solo_de_centro
from comun.validadores import validar_sin_control

TEXTO = ["h3", "bold", "italic", "link", "ul", "ol"]


class CorreoDifundidoQuerySet(QuerySetConAlcance):
    ruta_sistemas = "sistema"

    def borradores(self):
        return self.filter(enviado_en__isnull=True)

    def enviados(self):
        return self.filter(enviado_en__isnull=False)

    def visibles(self, usuario):
        """Lo que alcanza; un Responsable Técnico, solo lo que ya se envió y no los borradores de otros centros."""
        de_ahi = self.para(usuario)
        return de_ahi.enviados() | self.en(solo_de_centro(self.alcance_para(usuario, VER)))


class CorreoDifundido(models.Model):
    """Un comunicado, que se reenvía tal como se publicó, o un correo informativo, que el especialista escribe.

    ``segmento`` es a quién va, como lo entiende ``boletines.segmentos``; ``centro`` vacío es la sede.
    """

    class Tipo(models.TextChoices):
        COMUNICADO = "comunicado", "Comunicado"
        INFORMATIVO = "informativo", "Correo informativo"

    tipo = models.CharField("tipo", max_length=12, choices=Tipo)
    comunicado = models.ForeignKey(
        "boletines.ComunicadoPage", models.PROTECT, null=True, blank=True, related_name="reenvios"
    )
    asunto = models.CharField("asunto", max_length=150, blank=True, validators=[validar_sin_control])
    cuerpo = RichTextField("texto", features=TEXTO, blank=True)
    sistema = models.ForeignKey(
        "organizacion.Sistema", models.PROTECT, null=True, blank=True, related_name="correos_difundidos"
    )
    centro = models.ForeignKey(
        "organizacion.Centro", models.PROTECT, null=True, blank=True, related_name="correos_difundidos"
    )
    segmento = models.JSONField("a quién", default=dict, blank=True)
    envio = models.OneToOneField(
        "correo.Envio", models.SET_NULL, null=True, blank=True, related_name="correo_difundido", verbose_name="envío"
    )
    creado_en = models.DateTimeField("creado", auto_now_add=True)
    creado_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    enviado_en = models.DateTimeField("enviado", null=True, blank=True)

    objects = CorreoDifundidoQuerySet.as_manager()

    class Meta:
        verbose_name = "correo de difusión"
        verbose_name_plural = "correos de difusión"
        ordering = ["-creado_en", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="correo_difundido_segun_tipo",
                condition=Q(tipo="comunicado", comunicado__isnull=False)
                | Q(tipo="informativo", comunicado__isnull=True),
            )
        ]

    def __str__(self):
        return self.comunicado.title if self.comunicado_id else self.asunto


class AdjuntoDeCorreo(models.Model):
    """Un archivo pequeño que acompaña a un correo informativo."""

    correo = models.ForeignKey(CorreoDifundido, models.CASCADE, related_name="adjuntos")
    archivo = models.OneToOneField("custodia.ArchivoPrivado", models.PROTECT, related_name="+", verbose_name="archivo")

    class Meta:
        verbose_name = "adjunto"
        verbose_name_plural = "adjuntos"
        ordering = ["pk"]

    def __str__(self):
        return str(self.archivo)
