from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from home.bloques import MenuBlock

AL_DESPUBLICAR = "Una página que deja de estar publicada deja de salir."


@register_setting(icon="list-ul")
class Navegacion(BaseGenericSetting):
    """El menú principal y el del pie: páginas del sitio o direcciones del portal, en el orden en que se ponen."""

    menu = StreamField(MenuBlock(), verbose_name="menú principal", blank=True)
    pie = StreamField(MenuBlock(), verbose_name="enlaces del pie", blank=True)

    panels = [
        FieldPanel("menu", help_text=f"{AL_DESPUBLICAR} Vacío: las secciones publicadas del inicio."),
        FieldPanel("pie", help_text=f"{AL_DESPUBLICAR} Vacío: las secciones y los textos publicados del inicio."),
    ]

    class Meta:
        verbose_name = "menús"
