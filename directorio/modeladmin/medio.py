from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import RegistroAdmin
from directorio.models import Medio


class MedioAdmin(RegistroAdmin):
    model = Medio
    menu_label = "Medios"
    menu_icon = "media"
    list_display = ("nombre", "tipo", "centro", "contacto", "telefono", "correo", "esta_activo")
    list_filter = ("tipo", "centro", "esta_activo")
    list_select_related = ("centro",)
    list_export = list_display
    panels = [
        MultiFieldPanel([FieldPanel("nombre"), FieldPanel("tipo"), FieldPanel("centro")], "Medio"),
        MultiFieldPanel(
            [FieldPanel("contacto"), FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto"
        ),
        FieldPanel("esta_activo"),
    ]
