from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_modeladmin.options import ModelAdminGroup

from comun.modeladmin import Alta, Edicion, RegistroAdmin

from .models import AvisoDeMural, Norma, Sinonimo


class SinDecirTodos:
    """A quien publica solo en su centro no se le habla de los murales de todos."""

    def get_form(self):
        formulario = super().get_form()
        if formulario.fields["centro"].required:
            formulario.fields["centro"].help_text = ""
        return formulario


class AltaEnMural(SinDecirTodos, Alta):
    """La bandeja abre el aviso ya puesto en la sección que le falta algo."""

    def get_instance(self):
        seccion = self.request.GET.get("seccion", "")
        return AvisoDeMural(seccion=seccion if seccion in AvisoDeMural.Seccion else "")


class EdicionEnMural(SinDecirTodos, Edicion):
    pass


class MuralAdmin(RegistroAdmin):
    model = AvisoDeMural
    base_url_path = "mural"
    menu_label = "Mural"
    menu_icon = "desktop"
    create_view_class = AltaEnMural
    edit_view_class = EdicionEnMural
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


class NormaAdmin(RegistroAdmin):
    model = Norma
    menu_label = "Normas"
    menu_icon = "doc-full-inverse"
    list_display = ("numero", "titulo", "tipo", "sistema", "fecha", "esta_vigente")
    list_filter = ("tipo", "sistema", "esta_vigente")
    list_select_related = ("sistema",)
    list_export = ("numero", "titulo", "sumilla", "tipo", "sistema", "fecha", "esta_vigente", "enlace")
    inspect_view_fields = (
        "numero",
        "titulo",
        "sumilla",
        "tipo",
        "sistema",
        "fecha",
        "esta_vigente",
        "enlace",
        "documento",
    )
    panels = [
        MultiFieldPanel(
            [FieldPanel("tipo"), FieldPanel("numero"), FieldPanel("titulo"), FieldPanel("sumilla")], "Norma"
        ),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("fecha"), FieldPanel("sistema")]), FieldPanel("esta_vigente")], "Vigencia"
        ),
        MultiFieldPanel([FieldPanel("enlace"), FieldPanel("documento")], "Dónde se lee"),
    ]


class SinonimoAdmin(RegistroAdmin):
    model = Sinonimo
    menu_label = "Sinónimos"
    menu_icon = "search"
    list_display = ("termino", "equivale_a")
    list_export = list_display
    inspect_view_fields = list_display
    panels = [
        FieldPanel("termino", help_text="Una palabra o sigla: «taller», «AT». El plural se entiende solo."),
        FieldPanel("equivale_a", help_text="Una o varias palabras: «asistencia técnica». Entre comas, otras maneras."),
    ]


class GrupoContenido(ModelAdminGroup):
    menu_label = "Contenido"
    menu_icon = "folder-open-inverse"
    menu_order = 450
    items = (NormaAdmin, SinonimoAdmin)
