from django.contrib.admin import SimpleListFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from directorio.models import Personal


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
    """Suma «Acceso» para quien da cuentas."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if self.request.user.has_perm("organizacion.add_usuario"):
            botones.append(self.boton("Acceso", "personal_acceso", obj))
        return botones


class PersonalAdmin(RegistroAdmin):
    model = Personal
    menu_label = "Personal"
    menu_icon = "user"
    button_helper_class = BotonesDelPersonal
    list_display = ("__str__", "cargo_completo", "centro", "correo", "telefono", "anexo", "puede_entrar")
    list_filter = ("cargo", "centro", "sistema", FiltroDeVigencia)
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
        "correo",
        "telefono",
        "anexo",
        "desde",
        "hasta",
        "es_publico",
        "puede_entrar",
    )
    panels = [
        MultiFieldPanel([FieldRowPanel([FieldPanel("nombres"), FieldPanel("apellidos")])], "Persona"),
        MultiFieldPanel(
            [FieldPanel("cargo"), FieldPanel("centro"), FieldPanel("sistema"), FieldPanel("organo")], "Puesto"
        ),
        MultiFieldPanel(
            [FieldPanel("correo"), FieldRowPanel([FieldPanel("telefono"), FieldPanel("anexo")])], "Contacto"
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("desde"), FieldPanel("hasta")])], "Vigencia"),
        FieldPanel("es_publico"),
    ]

    def cargo_completo(self, personal):
        return personal.cargo_completo

    def depende_de(self, personal):
        return personal.depende_de

    def puede_entrar(self, personal):
        return "Sí" if personal.tiene_acceso else "No"

    cargo_completo.short_description = "cargo"
    cargo_completo.admin_order_field = "cargo"
    depende_de.short_description = "depende en lo técnico de"
    puede_entrar.short_description = "entra a la intranet"
