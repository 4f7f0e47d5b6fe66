from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import RegistroAdmin
from comun.templatetags.comun import fecha_media
from directorio.models import Autoridad

from .filtros import FiltroDeVerificacion
from .formularios import AltaConContactos, EdicionConContactos
from .paneles import CONTACTO
from .secciones import de_contactos


class FiltroDePeriodo(SimpleListFilter):
    title = "periodo"
    parameter_name = "periodo"

    def lookups(self, request, model_admin):
        return [("vigentes", "En funciones"), ("por_empezar", "Por empezar"), ("terminadas", "Terminaron")]

    def queryset(self, request, queryset):
        hoy = timezone.localdate()
        if self.value() == "vigentes":
            return queryset.vigentes(hoy)
        if self.value() == "por_empezar":
            return queryset.filter(desde__gt=hoy)
        return queryset.filter(hasta__lt=hoy) if self.value() == "terminadas" else queryset


class AutoridadAdmin(RegistroAdmin):
    model = Autoridad
    menu_label = "Autoridades"
    menu_icon = "crosshairs"
    create_view_class = AltaConContactos
    edit_view_class = EdicionConContactos
    list_display = ("__str__", "cargo", "entidad", "telefono", "correo", "desde_el", "hasta_el")
    list_filter = (FiltroDePeriodo, "entidad__centro", FiltroDeVerificacion)
    list_select_related = ("entidad",)
    list_export = ("apellidos", "nombres", "cargo", "entidad", "correo", "telefono", "desde", "hasta", "verificado_en")
    inspect_view_fields = list_export
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("nombres"), FieldPanel("apellidos")]),
                FieldPanel("entidad"),
                FieldPanel("cargo", help_text="«Alcalde», «Gobernadora regional», «Gerente municipal»."),
            ],
            "Autoridad",
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")])], "Periodo"),
        CONTACTO,
        FieldPanel("verificado_en"),
    ]

    def desde_el(self, autoridad):
        return fecha_media(autoridad.desde)

    def hasta_el(self, autoridad):
        return fecha_media(autoridad.hasta) if autoridad.hasta else ""

    desde_el.short_description = "desde"
    desde_el.admin_order_field = "desde"
    hasta_el.short_description = "hasta"
    hasta_el.admin_order_field = "hasta"

    def secciones_de_ficha(self, request, instancia):
        return [*filter(None, [de_contactos(instancia)])]
