from django.contrib.admin import SimpleListFilter
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_modeladmin.options import ModelAdminGroup

from comun.alcance import alcance_de, en_alcance
from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.registros import secciones_de_entidad
from organizacion.models import Departamento, Provincia

from .forms import EntidadForm
from .models import Entidad, Medio, Operador, Personal

CONTACTO = MultiFieldPanel([FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto")


class FiltroDeTerritorio(SimpleListFilter):
    """Por departamento si ve todo el país; por provincia si trabaja en un centro."""

    title = "lugar"
    parameter_name = "lugar"

    def lookups(self, request, model_admin):
        if alcance_de(request.user).nacional:
            return list(Departamento.objects.values_list("codigo", "nombre"))
        suyas = en_alcance(model_admin.model._default_manager.all(), request.user).order_by()
        return list(
            Provincia.objects.filter(pk__in=suyas.values("distrito__provincia")).values_list("codigo", "nombre")
        )

    def queryset(self, request, queryset):
        return queryset.filter(distrito__ubigeo__startswith=self.value()) if self.value() else queryset


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


class EntidadAdmin(RegistroAdmin):
    model = Entidad
    menu_label = "Entidades"
    menu_icon = "group"
    list_display = ("nombre", "tipo_corto", "lugar", "centro", "esta_activa")
    list_filter = ("tipo", FiltroDeTerritorio, "centro", "esta_activa")
    list_select_related = ("centro", "padre", "distrito__provincia__departamento")
    list_export = (
        "nombre",
        "tipo",
        "codigo_siaf",
        "ruc",
        "ubigeo",
        "distrito",
        "provincia",
        "departamento",
        "centro",
        "padre",
        "direccion",
        "telefono",
        "correo",
        "esta_activa",
    )
    inspect_view_fields = (
        "nombre",
        "tipo",
        "padre",
        "lugar",
        "ubigeo",
        "centro",
        "codigo_siaf",
        "ruc",
        "direccion",
        "telefono",
        "correo",
        "esta_activa",
    )
    panels = [
        MultiFieldPanel([FieldPanel("nombre"), FieldPanel("tipo"), FieldPanel("padre")], "Entidad"),
        MultiFieldPanel([FieldPanel("distrito"), FieldPanel("direccion"), FieldPanel("centro")], "Lugar"),
        CONTACTO,
        MultiFieldPanel([FieldRowPanel([FieldPanel("codigo_siaf"), FieldPanel("ruc")])], "Códigos"),
        FieldPanel("esta_activa"),
    ]

    def get_edit_handler(self):
        manejador = super().get_edit_handler()
        manejador.base_form_class = EntidadForm
        return manejador

    def tipo_corto(self, entidad):
        return entidad.tipo

    def lugar(self, entidad):
        return entidad.distrito.nombre_completo

    def provincia(self, entidad):
        return entidad.distrito.provincia.nombre

    def departamento(self, entidad):
        return entidad.distrito.provincia.departamento.nombre

    def ubigeo(self, entidad):
        return entidad.distrito_id

    tipo_corto.short_description = "tipo"
    tipo_corto.admin_order_field = "tipo"
    lugar.admin_order_field = "distrito__ubigeo"

    def secciones_de_ficha(self, request, instancia):
        operadores = Operador.objects.para(request.user).filter(entidad=instancia, esta_activo=True)
        contexto = {
            "operadores": operadores.prefetch_related("sistemas"),
            "unidades": Entidad.objects.para(request.user).filter(padre=instancia),
            "puede_ver": request.user.has_perm("directorio.view_operador"),
        }
        propia = {
            "titulo": "Operadores y unidades",
            "plantilla": "directorio/secciones/operadores.html",
            "contexto": contexto,
        }
        return [propia, *(s for f in secciones_de_entidad if (s := f(instancia, request.user)))]


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


class MedioAdmin(RegistroAdmin):
    model = Medio
    menu_label = "Medios"
    menu_icon = "media"
    list_display = ("nombre", "tipo", "centro", "contacto", "telefono", "correo", "esta_activo")
    list_filter = ("tipo", "centro", "esta_activo")
    list_select_related = ("centro",)
    list_export = list_display
    panels = [
        MultiFieldPanel([FieldPanel("nombre"), FieldPanel("tipo"), FieldPanel("centro")], "Medio"),
        MultiFieldPanel(
            [FieldPanel("contacto"), FieldRowPanel([FieldPanel("telefono"), FieldPanel("correo")])], "Contacto"
        ),
        FieldPanel("esta_activo"),
    ]


class BotonesDelPersonal(BotonesDelRegistro):
    """Suma «Acceso» para quien da cuentas."""

    def get_buttons_for_obj(self, obj, exclude=None, classnames_add=None, classnames_exclude=None):
        botones = super().get_buttons_for_obj(obj, exclude, classnames_add, classnames_exclude)
        if self.request.user.has_perm("organizacion.add_usuario"):
            clase = self.finalise_classname(["button-secondary", *(classnames_add or [])], classnames_exclude)
            url = reverse("personal_acceso", args=[obj.pk])
            botones.append({"url": url, "label": "Acceso", "title": f"Cuenta de {obj}", "classname": clase})
        return botones


class PersonalAdmin(RegistroAdmin):
    model = Personal
    menu_label = "Personal"
    menu_icon = "user"
    button_helper_class = BotonesDelPersonal
    list_display = ("__str__", "cargo_completo", "centro", "correo", "telefono", "anexo", "puede_entrar")
    list_filter = ("cargo", "centro", "sistema", FiltroDeVigencia)
    list_select_related = ("centro", "sistema", "organo", "usuario")
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
        "organo",
        "sistema",
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

    def puede_entrar(self, personal):
        return "Sí" if personal.tiene_acceso else "No"

    cargo_completo.short_description = "cargo"
    cargo_completo.admin_order_field = "cargo"
    puede_entrar.short_description = "entra a la intranet"


class GrupoDirectorio(ModelAdminGroup):
    menu_label = "Directorio"
    menu_icon = "group"
    menu_order = 300
    items = (EntidadAdmin, OperadorAdmin, MedioAdmin, PersonalAdmin)
