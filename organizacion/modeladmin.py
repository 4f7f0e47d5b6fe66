from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdminGroup

from comun.modeladmin import RegistroAdmin

from .forms import CentroForm
from .models import Centro, Organo, Sistema


class CentroAdmin(RegistroAdmin):
    model = Centro
    menu_label = "Centros"
    menu_icon = "home"
    list_display = ("nombre", "distrito", "telefono", "correo", "aforo", "esta_activo")
    list_filter = ("esta_activo",)
    list_export = ("nombre", "direccion", "distrito", "telefono", "correo", "horario", "aforo", "esta_activo")
    list_select_related = ("distrito",)
    prepopulated_fields = {"slug": ("nombre",)}
    inspect_view_fields = (
        "nombre",
        "departamentos_atendidos",
        "direccion",
        "distrito",
        "telefono",
        "correo",
        "horario",
        "aforo",
        "esta_activo",
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("nombre"), FieldPanel("slug"), FieldPanel("esta_activo")], "Centro"),
            MultiFieldPanel([FieldPanel("direccion"), FieldPanel("distrito"), FieldPanel("aforo")], "Local"),
            MultiFieldPanel([FieldPanel("telefono"), FieldPanel("correo"), FieldPanel("horario")], "Atención"),
        ],
        base_form_class=CentroForm,
    )

    def departamentos_atendidos(self, centro):
        return ", ".join(centro.departamentos)

    departamentos_atendidos.short_description = "Atiende"


class OrganoAdmin(RegistroAdmin):
    model = Organo
    menu_label = "Órganos"
    menu_icon = "group"
    list_display = ("sigla", "nombre", "tipo", "desde", "hasta")
    list_filter = ("tipo",)
    panels = [
        MultiFieldPanel([FieldPanel("sigla"), FieldPanel("nombre"), FieldPanel("tipo")], "Órgano"),
        MultiFieldPanel([FieldPanel("desde"), FieldPanel("hasta")], "Vigencia"),
    ]


class SistemaAdmin(RegistroAdmin):
    model = Sistema
    menu_label = "Sistemas administrativos"
    menu_icon = "cogs"
    list_display = ("nombre", "organo", "orden")
    list_select_related = ("organo",)
    inspect_view_fields = ("nombre", "organo")
    prepopulated_fields = {"slug": ("nombre",)}
    panels = [FieldPanel("nombre"), FieldPanel("slug"), FieldPanel("organo"), FieldPanel("orden")]


class GrupoOrganizacion(ModelAdminGroup):
    menu_label = "Organización"
    menu_icon = "site"
    menu_order = 900
    items = (CentroAdmin, OrganoAdmin, SistemaAdmin)
