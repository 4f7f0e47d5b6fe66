from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdminGroup

from comun.modeladmin import BotonesDelRegistro, BuscadorNormalizado, RegistroAdmin
from comun.registros import botones_de_centro
from comun.templatetags.comun import fecha_media, hora

from .forms import CentroForm
from .models import Centro, DiaNoLaborable, HorarioEspecial, Organo, Sistema


class BuscadorDeCentros(BuscadorNormalizado):
    """Por su nombre o por uno que llevó antes."""

    def search_queryset(self, queryset, search_term, **kwargs):
        return queryset.buscar(search_term) if search_term else queryset


class BotonesDelCentro(BotonesDelRegistro):
    """Suma lo que otros pisos hacen con un centro (registro ``botones_de_centro``)."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        for ofrecer in botones_de_centro:
            if par := ofrecer(self.request.user, obj):
                botones.append(self.enlace(*par))
        return botones


class CentroAdmin(RegistroAdmin):
    model = Centro
    button_helper_class = BotonesDelCentro
    search_handler_class = BuscadorDeCentros
    menu_label = "Centros"
    menu_icon = "home"
    list_display = ("nombre", "distrito", "telefono", "correo", "aforo", "esta_activo")
    list_filter = ("esta_activo",)
    list_export = ("nombre", "direccion", "distrito", "telefono", "correo", "horario", "aforo", "esta_activo")
    list_select_related = ("distrito",)
    prepopulated_fields = {"slug": ("nombre",)}
    inspect_view_fields = (
        "nombre",
        "antes",
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

    def antes(self, centro):
        return "; ".join(f"{fila} (hasta el {fila.hasta:%d/%m/%Y})" for fila in centro.nombres_anteriores.all())

    def get_search_fields(self, request):
        return ("nombre",)

    antes.short_description = "antes se llamó"
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


class DiaNoLaborableAdmin(RegistroAdmin):
    model = DiaNoLaborable
    menu_label = "Días no laborables"
    menu_icon = "date"
    list_display = ("dia", "motivo", "ambito")
    list_filter = ("departamento",)
    list_export = ("fecha", "motivo", "ambito")
    list_select_related = ("departamento", "provincia")
    inspect_view_fields = ("dia", "motivo", "ambito")
    panels = [
        FieldPanel("fecha"),
        FieldPanel("motivo"),
        MultiFieldPanel(
            [FieldPanel("departamento"), FieldPanel("provincia")],
            "Dónde rige",
            help_text="Deje los dos vacíos si es de todo el país. Los feriados de ley ya se cuentan: no los escriba.",
        ),
    ]

    def dia(self, fila):
        return fecha_media(fila.fecha)

    dia.short_description = "fecha"
    dia.admin_order_field = "fecha"

    def ambito(self, fila):
        return fila.ambito

    ambito.short_description = "dónde rige"


class HorarioEspecialAdmin(RegistroAdmin):
    model = HorarioEspecial
    menu_label = "Cierres y horarios"
    menu_icon = "time"
    menu_order = 320
    list_display = ("motivo", "centro", "desde_el", "hasta_el", "atencion")
    list_filter = ("centro",)
    list_export = ("centro", "desde", "hasta", "atencion", "motivo")
    list_select_related = ("centro",)
    inspect_view_fields = ("motivo", "centro", "desde_el", "hasta_el", "atencion")
    panels = [
        FieldPanel("centro"),
        FieldPanel("motivo"),
        FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")], "Qué días, ambos incluidos"),
        FieldPanel("esta_cerrado"),
        FieldRowPanel([FieldPanel("abre"), FieldPanel("cierra")], "Si atiende, a qué horas"),
    ]

    def desde_el(self, fila):
        return fecha_media(fila.desde)

    desde_el.short_description = "desde"
    desde_el.admin_order_field = "desde"

    def hasta_el(self, fila):
        return fecha_media(fila.hasta)

    hasta_el.short_description = "hasta"
    hasta_el.admin_order_field = "hasta"

    def atencion(self, fila):
        return "No atiende" if fila.esta_cerrado else f"{hora(fila.abre)} a {hora(fila.cierra)}"

    atencion.short_description = "atención"


class GrupoOrganizacion(ModelAdminGroup):
    menu_label = "Organización"
    menu_icon = "site"
    menu_order = 900
    items = (CentroAdmin, OrganoAdmin, SistemaAdmin, DiaNoLaborableAdmin)
