from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from comun.validadores import validar_sin_control, validar_telefono

POR_CONFIRMAR = "Días hábiles. Por confirmar por la asesoría jurídica (Ley 29733 y D.S. 016-2024-JUS)."


def _dias(rotulo, cuantos, ayuda=POR_CONFIRMAR):
    limites = [MinValueValidator(1), MaxValueValidator(90)]
    return models.PositiveSmallIntegerField(rotulo, default=cuantos, validators=limites, help_text=ayuda)


@register_setting(icon="lock", order=20)
class AjustesPrivacidad(BaseGenericSetting):
    """Quién responde por los datos personales y en cuántos días hábiles se atiende cada derecho."""

    oficial = models.CharField(
        "Oficial de Datos Personales",
        max_length=160,
        blank=True,
        validators=[validar_sin_control],
        help_text="Su nombre o el de su cargo: sale en la página pública.",
    )
    correo = models.EmailField("correo", blank=True, help_text="Ahí se le avisan las solicitudes y los incidentes.")
    telefono = models.CharField("teléfono", max_length=20, blank=True, validators=[validar_telefono])
    direccion = models.CharField("dirección", max_length=200, default="Jr. Junín 319, Lima")
    dias_acceso = _dias("acceso", 20)
    dias_informacion = _dias("información", 8)
    dias_rectificacion = _dias("rectificación", 10)
    dias_cancelacion = _dias("cancelación", 10)
    dias_oposicion = _dias("oposición", 10)
    dias_portabilidad = _dias("portabilidad", 20)
    dias_subsanacion = _dias("para subsanar", 5)
    horas_de_notificacion = models.PositiveSmallIntegerField(
        "horas para notificar un incidente",
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text="Corridas, desde que se detectó. Por confirmar por la asesoría jurídica (D.S. 016-2024-JUS).",
    )
    retencion_automatica = models.BooleanField(
        "aplicar la retención cada día",
        default=False,
        help_text="Si no, alguien corre «manage.py retencion --aplicar». Confirme antes los plazos.",
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("oficial"), FieldPanel("correo"), FieldPanel("telefono"), FieldPanel("direccion")],
            "Oficial de Datos Personales",
        ),
        MultiFieldPanel(
            [
                FieldPanel(f"dias_{nombre}")
                for nombre in (
                    *("acceso", "informacion", "rectificacion", "cancelacion", "oposicion", "portabilidad"),
                    "subsanacion",
                )
            ],
            "Días hábiles para atender",
        ),
        FieldPanel("horas_de_notificacion"),
        FieldPanel("retencion_automatica"),
    ]

    class Meta:
        verbose_name = "datos personales"

    def dias_de(self, derecho: str) -> int:
        """Días hábiles para atender ese ``SolicitudDeDerechos.Derecho``."""
        return getattr(self, f"dias_{derecho}")
