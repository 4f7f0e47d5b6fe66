from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.alcance import alcance_de
from comun.modeladmin import PermisosEnAlcance, RegistroAdmin

from .models import AvisoDeMural


class PermisosDeMural(PermisosEnAlcance):
    """Lo que la sede pone en todos los murales se ve en los centros; solo la sede lo cambia."""

    def _es_propia(self, user, obj):
        alcance = alcance_de(user)
        return alcance.nacional or obj.centro_id in alcance.centros


class MuralAdmin(RegistroAdmin):
    model = AvisoDeMural
    menu_label = "Mural"
    menu_icon = "desktop"
    permission_helper_class = PermisosDeMural
    list_display = ("titulo", "seccion", "para_quien", "plazo", "desde", "hasta")
    list_filter = ("seccion", "centro")
    list_select_related = ("centro",)
    list_export = list_display
    inspect_view_fields = ("titulo", "texto", "seccion", "para_quien", "enlace", "plazo", "desde", "hasta")
    panels = [
        MultiFieldPanel([FieldPanel("seccion"), FieldPanel("centro")], "Dónde"),
        MultiFieldPanel([FieldPanel("titulo"), FieldPanel("texto"), FieldPanel("enlace")], "Qué dice"),
        MultiFieldPanel(
            [FieldPanel("plazo"), FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")])], "Hasta cuándo"
        ),
    ]

    def para_quien(self, aviso):
        return aviso.centro.nombre if aviso.centro else "Todos los centros"

    para_quien.short_description = "centro"
    para_quien.admin_order_field = "centro"
