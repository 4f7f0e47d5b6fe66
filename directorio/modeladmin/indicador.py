from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import RegistroAdmin
from directorio.models import Indicador


class IndicadorAdmin(RegistroAdmin):
    """El catálogo: qué se mide y en qué unidad. Los valores se anotan en la ficha de cada entidad."""

    model = Indicador
    menu_label = "Indicadores"
    menu_icon = "table"
    list_display = ("nombre", "unidad", "ambito", "esta_activo")
    list_filter = ("ambito", "esta_activo")
    inspect_view_fields = ("nombre", "unidad", "ambito", "esta_activo")
    panels = [
        MultiFieldPanel(
            [FieldPanel("nombre"), FieldRowPanel([FieldPanel("unidad"), FieldPanel("ambito")])], "Indicador"
        ),
        FieldRowPanel([FieldPanel("orden"), FieldPanel("esta_activo")]),
    ]
