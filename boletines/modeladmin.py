from wagtail.admin.panels import FieldPanel, ObjectList

from comun.modeladmin import Alta, BotonesDelRegistro, RegistroAdmin

from .actions.suscripcion import suscribir
from .forms import SuscriptorForm
from .models import Suscriptor
from .permissions import puede_dar_de_baja


class BotonesDeSuscriptor(BotonesDelRegistro):
    """Agrega «Dar de baja»: el estado no se edita a mano."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.estado != Suscriptor.Estado.BAJA and puede_dar_de_baja(self.request.user):
            botones.append(self.boton("Dar de baja", "suscriptor_baja", obj, ["no"]))
        return botones


class AltaDeSuscriptor(Alta):
    """El personal agrega a quien se lo pide; la persona igual confirma desde su correo."""

    def form_valid(self, form):
        datos = {nombre: form.cleaned_data[nombre] for nombre in ("correo", "nombre", "centro")}
        form.save = lambda: suscribir(**datos, por=self.request.user, request=self.request)
        return super().form_valid(form)

    def get_success_message(self, instance):
        return f"Le escribimos a {instance} para que confirme su suscripción."


class SuscriptorAdmin(RegistroAdmin):
    model = Suscriptor
    menu_label = "Suscriptores"
    menu_icon = "mail"
    menu_order = 330
    list_display = ("correo", "nombre", "centro", "estado", "creado_en")
    list_filter = ("estado", "centro")
    list_export = ("correo", "nombre", "centro", "estado", "creado_en", "confirmado_en", "baja_en")
    list_select_related = ("centro",)
    button_helper_class = BotonesDeSuscriptor
    create_view_class = AltaDeSuscriptor
    edit_handler = ObjectList(
        [FieldPanel("correo"), FieldPanel("nombre"), FieldPanel("centro")], base_form_class=SuscriptorForm
    )
