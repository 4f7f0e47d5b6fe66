from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from comun.alcance import VER, QuerySetConAlcance
from comun.validadores import validar_sin_control
from comun.vigencia import ConVigencia, fechas_en_orden


class AvisoDeMuralQuerySet(ConVigencia, QuerySetConAlcance):
    def para(self, usuario):
        """Los de sus centros y, solo para mirarlos, los de la sede: salen en su mural."""
        alcance = self.alcance_para(usuario, VER)
        if alcance.nacional or not alcance.centros:
            return self.en(alcance)
        return self.filter(self.condicion(alcance) | Q(centro__isnull=True))

    def vigentes(self, en=None):
        """Los que se muestran en la fecha ``en`` (hoy si no se dice): un plazo vencido sale solo."""
        en = en or timezone.localdate()
        return super().vigentes(en).filter(Q(plazo__isnull=True) | Q(plazo__gte=en))

    def del_centro(self, centro):
        """Los de ``centro`` y los de la sede para todos."""
        return self.filter(Q(centro=centro) | Q(centro__isnull=True))


class AvisoDeMural(models.Model):
    """Lo que se pone a mano en el mural informativo de un centro (R113); lo demás sale del portal."""

    class Seccion(models.TextChoices):
        NOTICIAS = "noticias", "Noticias del MEF"
        LABOR = "labor", "Nuestra labor"
        NORMAS = "normas", "Normatividad vigente"
        CAS = "cas", "Convocatorias CAS"
        COMUNICADOS = "comunicados", "Comunicados y plazos"
        TUPA = "tupa", "Procedimientos TUPA"

    centro = models.ForeignKey(
        "organizacion.Centro",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="avisos_de_mural",
        help_text="Vacío: en los murales de todos los centros.",
    )
    seccion = models.CharField("sección", max_length=12, choices=Seccion)
    titulo = models.CharField("título", max_length=140, validators=[validar_sin_control])
    texto = models.TextField("texto", max_length=600, blank=True)
    enlace = models.URLField("enlace", blank=True, help_text="Se muestra como código QR.")
    plazo = models.DateField("vence el plazo", null=True, blank=True, help_text="El mural cuenta los días que faltan.")
    desde = models.DateField("desde", default=timezone.localdate)
    hasta = models.DateField("hasta", null=True, blank=True, help_text="Ese día es el último en que se muestra.")
    actualizado_en = models.DateTimeField("actualizado", auto_now=True)

    objects = AvisoDeMuralQuerySet.as_manager()

    class Meta:
        verbose_name = "aviso del mural"
        verbose_name_plural = "avisos del mural"
        ordering = ["seccion", "-desde", "-pk"]
        constraints = [fechas_en_orden("aviso_de_mural_fechas_en_orden")]

    def __str__(self):
        return self.titulo

    def clean(self):
        if self.plazo and self.desde and self.plazo < self.desde:
            raise ValidationError({"plazo": "El plazo vence antes de que el aviso se muestre."})

    @property
    def ultimo_dia(self):
        """La última fecha en que se muestra, o ``None`` si no tiene fin."""
        return min((fecha for fecha in (self.hasta, self.plazo) if fecha), default=None)
