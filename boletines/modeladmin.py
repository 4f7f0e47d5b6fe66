from django import forms
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList

from comun.modeladmin import Alta, BotonesDelRegistro, Listado, RegistroAdmin
from comun.templatetags.comun import fecha_media

from .actions.suscripcion import suscribir
from .forms import SuscriptorForm
from .models import Suscriptor
from .permissions import (
    puede_borrar_suscriptor,
    puede_dar_de_baja,
    puede_exportar_suscriptores,
    puede_importar_suscriptores,
    puede_ver_consentimiento,
)


class TipoFiltro(SimpleListFilter):
    title = "qué recibe"
    parameter_name = "tipo"

    def lookups(self, request, model_admin):
        return Suscriptor.Tipo.choices

    def queryset(self, request, queryset):
        return queryset.que_aceptan(self.value()) if self.value() in Suscriptor.Tipo.values else queryset


class BotonesDeSuscriptor(BotonesDelRegistro):
    """Agrega «Dar de baja» y «Borrar»: el estado no se edita a mano."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.estado != Suscriptor.Estado.BAJA and puede_dar_de_baja(self.request.user):
            botones.append(self.boton("Dar de baja", "suscriptor_baja", obj, ["no"]))
        if puede_borrar_suscriptor(self.request.user):
            botones.append(self.boton("Borrar", "suscriptor_borrar", obj, ["no"]))
        return botones


class ListaDeSuscriptores(Listado):
    """Llevarse la lista pide un permiso aparte."""

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if not puede_exportar_suscriptores(self.request.user):
            raise PermissionDenied
        return super().as_spreadsheet(queryset.prefetch_related("temas"), spreadsheet_format)

    @property
    def url_exportar(self):
        filtros = self.request.GET.copy()
        filtros.pop("p", None)
        filtros["export"] = "xlsx"
        return f"?{filtros.urlencode()}"

    def get_context_data(self, **kwargs):
        usuario = self.request.user
        permisos = {
            "puede_exportar": puede_exportar_suscriptores(usuario),
            "puede_importar": puede_importar_suscriptores(usuario),
        }
        return super().get_context_data(**permisos | kwargs)


class AltaDeSuscriptor(Alta):
    """El personal agrega a quien se lo pide; la persona igual confirma desde su correo."""

    def form_valid(self, form):
        datos = {nombre: form.cleaned_data[nombre] for nombre in ("correo", "nombre", "centro", "temas")}
        datos["tipos"] = [tipo for tipo in Suscriptor.Tipo.values if form.cleaned_data[f"recibe_{tipo}"]]
        form.save = lambda: suscribir(**datos, por=self.request.user, request=self.request)
        return super().form_valid(form)

    def get_success_message(self, instance):
        return f"Le escribimos a {instance} para que confirme su suscripción."


class SuscriptorAdmin(RegistroAdmin):
    model = Suscriptor
    menu_label = "Suscriptores"
    menu_icon = "mail"
    menu_order = 330
    list_display = ("correo", "nombre", "centro", "situacion", "recibe", "desde")
    list_filter = ("estado", "centro", TipoFiltro, "temas")
    list_export = (
        *("correo", "nombre", "centro", "situacion", "recibe", "temas_elegidos", "creado_en", "confirmado_en"),
        *("baja_en", "pausa_hasta"),
    )
    list_select_related = ("centro",)
    index_view_class = ListaDeSuscriptores
    button_helper_class = BotonesDeSuscriptor
    create_view_class = AltaDeSuscriptor
    inspect_view_fields = (
        *("correo", "nombre", "centro", "situacion", "recibe", "temas_elegidos", "creado_en", "confirmado_en"),
        *("baja_en", "pausa_hasta", "invitado_en"),
    )
    edit_handler = ObjectList(
        [
            FieldPanel("correo"),
            FieldPanel("nombre"),
            FieldPanel("centro"),
            MultiFieldPanel([FieldPanel(f"recibe_{tipo}") for tipo in Suscriptor.Tipo.values], "Qué recibe"),
            FieldPanel("temas", widget=forms.CheckboxSelectMultiple),
        ],
        base_form_class=SuscriptorForm,
    )

    def situacion(self, suscriptor):
        """«De baja: su correo rebota»."""
        estado = suscriptor.get_estado_display()
        if suscriptor.estado == Suscriptor.Estado.BAJA and suscriptor.baja_por:
            return f"{estado}: {suscriptor.get_baja_por_display()}"
        en_pausa = suscriptor.estado == Suscriptor.Estado.CONFIRMADO and suscriptor.esta_en_pausa
        return f"{estado}, en pausa" if en_pausa else estado

    def recibe(self, suscriptor):
        rotulos = [Suscriptor.Tipo(tipo).label for tipo in suscriptor.tipos]
        return "Todo" if len(rotulos) == len(Suscriptor.Tipo) else ", ".join(rotulos)

    def temas_elegidos(self, suscriptor):
        return ", ".join(tema.nombre for tema in suscriptor.temas.all()) or "Todos"

    def desde(self, suscriptor):
        return fecha_media(timezone.localdate(suscriptor.creado_en))

    desde.admin_order_field = "creado_en"
    situacion.short_description = "situación"
    situacion.admin_order_field = "estado"
    recibe.short_description = "qué recibe"
    temas_elegidos.short_description = "temas"

    def secciones_de_ficha(self, request, instancia):
        if not puede_ver_consentimiento(request.user):
            return []
        contexto = {
            "consentimiento": instancia.consentimiento,
            "importacion": instancia.importacion,
            "puede_importar": puede_importar_suscriptores(request.user),
        }
        plantilla = "boletines/secciones/consentimiento.html"
        return [{"titulo": "Su consentimiento", "plantilla": plantilla, "contexto": contexto}]
