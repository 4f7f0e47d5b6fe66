from django.contrib.admin import SimpleListFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from comun.alcance import alcance_de, en_alcance
from comun.modeladmin import RegistroAdmin
from comun.registros import secciones_de_entidad
from directorio.forms import EntidadForm
from directorio.models import Entidad, Operador
from organizacion.models import Departamento, Provincia

from .paneles import CONTACTO


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
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("nombre"), FieldPanel("tipo"), FieldPanel("padre")], "Entidad"),
            MultiFieldPanel([FieldPanel("distrito"), FieldPanel("direccion"), FieldPanel("centro")], "Lugar"),
            CONTACTO,
            MultiFieldPanel([FieldRowPanel([FieldPanel("codigo_siaf"), FieldPanel("ruc")])], "Códigos"),
            FieldPanel("esta_activa"),
        ],
        base_form_class=EntidadForm,
    )

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
        operadores = Operador.objects.para(request.user).activos().filter(entidad=instancia)
        contexto = {
            "operadores": operadores.prefetch_related("sistemas"),
            "unidades": Entidad.objects.para(request.user).filter(padre=instancia),
            "puede_ver": request.user.has_perm("directorio.view_operador"),
        }
        plantilla = "directorio/secciones/operadores.html"
        propia = {"titulo": "Operadores y unidades", "plantilla": plantilla, "contexto": contexto}
        de_otros = (seccion(request.user, instancia) for seccion in secciones_de_entidad)
        return [propia, *filter(None, de_otros)]
