from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from home.bloques import MenuBlock


@register_setting(icon="list-ul")
class Navegacion(BaseGenericSetting):
    """El menú principal y el del pie: páginas del sitio o direcciones del portal, en el orden en que se ponen."""

    menu = StreamField(MenuBlock(), verbose_name="menú principal", blank=True)
    pie = StreamField(MenuBlock(), verbose_name="enlaces del pie", blank=True)

    panels = [FieldPanel("menu"), FieldPanel("pie")]

    class Meta:
        verbose_name = "menús"
