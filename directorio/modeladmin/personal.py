from http import HTTPStatus

from django.contrib.admin import SimpleListFilter
from django.utils import timezone
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.modeladmin.columnas import renglones
from custodia.documento import seccion_de_documento
from directorio.actions import DEL_PUESTO, quien_mas_lo_ocupa
from directorio.cuentas.encargaturas import roles_que_encarga
from directorio.forms import PersonalForm
from directorio.models import Personal
from directorio.permissions import puede_registrar_ceses

from .filtros import FiltroDeVerificacion
from .formularios import AltaConContactos, EdicionDePersonal
from .secciones import de_contactos, de_historia

CAMBIO = (FieldPanel("que_cambio"), FieldPanel("cambia_desde"))


class FiltroDeVigencia(SimpleListFilter):
    title = "situación"
    parameter_name = "situacion"

    def lookups(self, request, model_admin):
        return [("vigente", "Trabaja hoy"), ("cesado", "Ya no trabaja")]

    def queryset(self, request, queryset):
        vigentes = Personal.objects.vigentes().values("pk")
        if self.value() == "vigente":
            return queryset.filter(pk__in=vigentes)
        return queryset.exclude(pk__in=vigentes) if self.value() == "cesado" else queryset


class BotonesDelPersonal(BotonesDelRegistro):
    """Suma «Acceso», «Roles» y «Registrar cese» para quien los lleva."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if self.request.user.has_perm("organizacion.add_usuario"):
            botones.append(self.boton("Acceso", "personal_acceso", obj))
        if obj.usuario_id and roles_que_encarga(self.request.user):
            botones.append(self.boton("Roles", "personal_roles", obj))
        if puede_registrar_ceses(self.request.user) and (obj.hasta is None or obj.tiene_acceso):
            botones.append(self.boton("Registrar cese", "personal_cese", obj))
        botones.append(self.boton("vCard", "personal_vcard", obj))
        return botones


class DelPersonal:
    """Avisa, sin impedirlo, si otro ya ocupa ese puesto y es de los que ocupa uno solo."""

    def get_form(self):
        formulario = super().get_form()
        if formulario.fields["centro"].required:  # «Vacío: sede» no es para quien trabaja en un centro
            formulario.fields["centro"].help_text = ""
        return formulario

    def form_valid(self, form):
        es_alta = form.instance.pk is None
        respuesta = super().form_valid(form)
        if respuesta.status_code == HTTPStatus.FOUND and (es_alta or form.toca_el_puesto()):
            self._avisar_si_hay_otro(form)
        return respuesta

    def _avisar_si_hay_otro(self, form):
        puesto = {campo: form.cleaned_data.get(campo) for campo in DEL_PUESTO}
        en = form.cleaned_data.get("cambia_desde") or max(form.cleaned_data["desde"], timezone.localdate())
        if otro := quien_mas_lo_ocupa(puesto, salvo=form.instance.pk, en=en):
            aviso = f"{otro} también figura como {otro.get_cargo_display()} de {otro.centro or otro.sistema}."
            messages.warning(self.request, f"{aviso} Si ya no lo es, registre su cese o cambie su puesto.")


class AltaDePersonal(DelPersonal, AltaConContactos):
    pass


class EdicionDeSuFicha(DelPersonal, EdicionDePersonal):
    pass


class PersonalAdmin(RegistroAdmin):
    model = Personal
    menu_label = "Personal"
    menu_icon = "user"
    button_helper_class = BotonesDelPersonal
    create_view_class = AltaDePersonal
    edit_view_class = EdicionDeSuFicha
    list_display = ("apellidos_y_nombres", "cargo_completo", "centro", "contacto", "puede_entrar")
    # Empieza por los apellidos y va sin tildes: así Cárdenas antecede a Choque en cualquier base.
    ordering = ("texto_busqueda", "apellidos", "nombres")
    list_filter = ("cargo", "centro", "sistema", FiltroDeVigencia, FiltroDeVerificacion)
    list_select_related = ("centro", "sistema__organo", "organo", "usuario")
    list_export = (
        "apellidos",
        "nombres",
        "cargo",
        "centro",
        "organo",
        "sistema",
        "correo",
        "telefono",
        "anexo",
        "desde",
        "hasta",
        "es_publico",
    )
    inspect_view_fields = (
        "cargo_completo",
        "centro",
        "sistema",
        "depende_de",
        "dependencia_administrativa",
        "correo",
        "telefono",
        "anexo",
        "desde",
        "hasta",
        "es_publico",
        "verificado_en",
        "puede_entrar",
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldRowPanel([FieldPanel("nombres"), FieldPanel("apellidos")])], "Persona"),
            MultiFieldPanel(
                [
                    FieldPanel("cargo"),
                    FieldPanel("centro"),
                    FieldPanel("sistema"),
                    FieldPanel("organo"),
                    *CAMBIO,
                ],
                "Puesto",
            ),
            MultiFieldPanel(
                [FieldPanel("correo"), FieldRowPanel([FieldPanel("telefono"), FieldPanel("anexo")])], "Contacto"
            ),
            MultiFieldPanel([FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")])], "Vigencia"),
            FieldPanel("es_publico"),
        ],
        base_form_class=PersonalForm,
    )

    def apellidos_y_nombres(self, personal):
        return f"{personal.apellidos}, {personal.nombres}"

    def contacto(self, personal):
        numeros = ", ".join(filter(None, [personal.telefono, personal.anexo and f"anexo {personal.anexo}"]))
        return renglones(personal.correo, numeros)

    def cargo_completo(self, personal):
        return personal.cargo_completo

    def depende_de(self, personal):
        return personal.depende_de

    def dependencia_administrativa(self, personal):
        return personal.dependencia_administrativa

    def puede_entrar(self, personal):
        return "Sí" if personal.tiene_acceso else "No"

    apellidos_y_nombres.short_description = "apellidos y nombres"
    apellidos_y_nombres.admin_order_field = "texto_busqueda"
    contacto.admin_order_field = "correo"
    cargo_completo.short_description = "cargo"
    cargo_completo.admin_order_field = "cargo"
    depende_de.short_description = "depende en lo técnico de"
    dependencia_administrativa.short_description = "depende en lo administrativo de"
    puede_entrar.short_description = "acceso"

    def secciones_de_ficha(self, request, instancia):
        puestos = instancia.puestos.select_related("centro", "sistema", "organo")
        secciones = [de_contactos(instancia), de_historia("Puestos", puestos)]
        if secciones[1]:
            secciones[1]["contexto"] |= {"personal": instancia, "puede_anular": self._puede_cambiar(request, instancia)}
        return [*filter(None, [seccion_de_documento(request, "personal", instancia), *secciones])]

    def _puede_cambiar(self, request, instancia):
        return self.permission_helper.user_can_edit_obj(request.user, instancia)
