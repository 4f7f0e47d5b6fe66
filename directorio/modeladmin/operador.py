from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.modeladmin.columnas import renglones
from custodia.documento import seccion_de_documento
from directorio.duplicados.formulario import OperadorForm
from directorio.models import Operador

from .filtros import FiltroDeVerificacion
from .formularios import AltaDeOperador, EdicionDeOperador
from .paneles import CONTACTO, PanelSiSePregunta
from .secciones import de_contactos, de_historia

CAMBIO_DE_TRABAJO = "Si cambió de trabajo, no lo corrija aquí: use «Trasladar», y queda en su historia."


class BotonesDelOperador(BotonesDelRegistro):
    """Suma «Trasladar» y «Ya no trabaja ahí» para quien lo puede cambiar."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if self.permission_helper.user_can_edit_obj(self.request.user, obj):
            botones.append(self.boton("Trasladar", "operador_trasladar", obj))
            if obj.esta_activo:
                botones.append(self.boton("Ya no trabaja ahí", "operador_cesar", obj))
        return botones


class OperadorAdmin(RegistroAdmin):
    model = Operador
    unida_en = "fusionado_en"
    menu_label = "Operadores"
    menu_icon = "user"
    button_helper_class = BotonesDelOperador
    create_view_class = AltaDeOperador
    edit_view_class = EdicionDeOperador
    list_display = ("__str__", "cargo", "entidad", "nombres_de_sistemas", "contacto", "verificado")
    list_filter = ("sistemas", "entidad__centro", "esta_activo", FiltroDeVerificacion)
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
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("nombres"), FieldPanel("apellidos")]),
                    FieldPanel(
                        "entidad", help_text="Si cambió de trabajo, guarde y use «Trasladar»: queda en su historia."
                    ),
                    FieldPanel("cargo"),
                ],
                "Operador",
            ),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("tipo_documento"), FieldPanel("numero_documento")])], "Documento"
            ),
            FieldPanel("sistemas", widget=CheckboxSelectMultiple),
            CONTACTO,
            FieldPanel("esta_activo"),
            PanelSiSePregunta("es_otra_persona"),
        ],
        base_form_class=OperadorForm,
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("sistemas")

    def nombres_de_sistemas(self, operador):
        return ", ".join(str(sistema) for sistema in operador.sistemas.all())

    def contacto(self, operador):
        return renglones(operador.correo, operador.telefono)

    def verificado(self, operador):
        return f"{operador.verificado_en:%d/%m/%Y}" if operador.verificado_en else ""

    nombres_de_sistemas.short_description = "sistemas"
    contacto.admin_order_field = "correo"
    verificado.admin_order_field = "verificado_en"

    def enlaces_de_lista(self, request):
        suyas = request.user.has_perm("directorio.change_operador")
        return [("Repetidas", reverse("repetidas", args=["operador"]))] if suyas else []

    def secciones_de_ficha(self, request, instancia):
        puestos = instancia.puestos.select_related("entidad").prefetch_related("sistemas")
        documento = seccion_de_documento(request, "operador", instancia)
        return [*filter(None, [documento, de_contactos(instancia), de_historia("Dónde ha trabajado", puestos)])]
