from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import RegistroAdmin
from directorio.models import Medio

from .filtros import FiltroDeVerificacion
from .formularios import AltaConContactos, EdicionConContactos
from .secciones import de_contactos


class MedioAdmin(RegistroAdmin):
    model = Medio
    menu_label = "Medios"
    menu_icon = "media"
    list_display = ("nombre", "tipo", "centro", "contacto", "telefono", "correo", "esta_activo")
    list_filter = ("tipo", "centro", "esta_activo", FiltroDeVerificacion)
    list_select_related = ("centro",)
    list_export = list_display
    create_view_class = AltaConContactos
    edit_view_class = EdicionConContactos
    panels = [
        MultiFieldPanel([FieldPanel("nombre"), FieldPanel("tipo"), FieldPanel("centro")], "Medio"),
        MultiFieldPanel(
            [FieldPanel("contacto"), FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto"
        ),
        FieldPanel("esta_activo"),
    ]

    def secciones_de_ficha(self, request, instancia):
        return [*filter(None, [de_contactos(instancia)])]
