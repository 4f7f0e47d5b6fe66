from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

AVISO_DEMOSTRACION = "Sitio de demostración; no es un portal oficial del MEF"


@register_setting(icon="cog")
class AjustesPortal(BaseGenericSetting):
    """Nombre y textos del portal. No lleva logotipo ni lema oficiales: los pone la oficina que lo use."""

    nombre_sitio = models.CharField("nombre del sitio", max_length=80, default="Portal CONECTAMEF")
    institucion = models.CharField("institución", max_length=120, default="Ministerio de Economía y Finanzas")
    lema = models.CharField(
        "lema", max_length=160, blank=True, default="Capacitación y asistencia para la gestión pública"
    )
    es_demostracion = models.BooleanField(
        "es una demostración", default=False, help_text="Lo pone y lo quita la carga de datos de demostración."
    )

    panels = [
        MultiFieldPanel([FieldPanel("nombre_sitio"), FieldPanel("institucion"), FieldPanel("lema")], "Identidad"),
        FieldPanel("es_demostracion", read_only=True),
    ]

    class Meta:
        verbose_name = "ajustes del portal"

    @property
    def aviso_demostracion(self) -> str:
        return AVISO_DEMOSTRACION if self.es_demostracion else ""
