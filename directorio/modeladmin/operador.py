from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import RegistroAdmin
from directorio.models import Operador

from .paneles import CONTACTO


class OperadorAdmin(RegistroAdmin):
    model = Operador
    menu_label = "Operadores"
    menu_icon = "user"
    list_display = ("__str__", "cargo", "entidad", "nombres_de_sistemas", "correo", "telefono", "verificado_en")
    list_filter = ("sistemas", "entidad__centro", "esta_activo")
    list_select_related = ("entidad",)
    list_export = (
        "apellidos",
        "nombres",
        "cargo",
        "entidad",
        "nombres_de_sistemas",
        "correo",
        "telefono",
        "verificado_en",
        "esta_activo",
    )
    inspect_view_fields = list_export
    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("nombres"), FieldPanel("apellidos")]),
                FieldPanel("entidad"),
                FieldPanel("cargo"),
            ],
            "Operador",
        ),
        FieldPanel("sistemas", widget=CheckboxSelectMultiple),
        CONTACTO,
        FieldRowPanel([FieldPanel("verificado_en"), FieldPanel("esta_activo")]),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("sistemas")

    def nombres_de_sistemas(self, operador):
        return ", ".join(str(sistema) for sistema in operador.sistemas.all())

    nombres_de_sistemas.short_description = "sistemas"
