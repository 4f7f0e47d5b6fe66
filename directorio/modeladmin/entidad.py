from django.contrib.admin import SimpleListFilter
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from comun.alcance import alcance_de, en_alcance
from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.registros import secciones_de_entidad
from directorio.forms import EntidadForm
from directorio.models import Entidad
from directorio.situacion.secciones import bloques_de_situacion
from organizacion.models import Departamento, Provincia

from .filtros import FiltroDeVerificacion
from .formularios import AltaConContactos, EdicionDeEntidad
from .paneles import CONTACTO
from .secciones import de_autoridades, de_contactos, operadores_por_sistema


class FiltroDeTerritorio(SimpleListFilter):
    """Por departamento si ve todo el país; por provincia si trabaja en un centro."""

    title = "lugar"
    parameter_name = "lugar"

    def lookups(self, request, model_admin):
        if alcance_de(request.user, "directorio.view_entidad").nacional:
            return list(Departamento.objects.values_list("codigo", "nombre"))
        suyas = en_alcance(model_admin.model._default_manager.all(), request.user).order_by()
        return list(
            Provincia.objects.filter(pk__in=suyas.values("distrito__provincia")).values_list("codigo", "nombre")
        )

    def queryset(self, request, queryset):
        return queryset.filter(distrito__ubigeo__startswith=self.value()) if self.value() else queryset


CAMBIO_DE_NOMBRE = "Aquí se corrige. Si la entidad pasó a llamarse de otro modo, use «Cambió de nombre» en su ficha."


class BotonesDeEntidad(BotonesDelRegistro):
    """La ficha situacional en papel (R103) y, para quien la puede cambiar, «Cambió de nombre»."""

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        botones.append(self.boton("Ficha en PDF", "situacion_pdf", obj))
        if self.permission_helper.user_can_edit_obj(self.request.user, obj):
            botones.append(self.boton("Cambió de nombre", "entidad_cambiar_nombre", obj))
        return botones


class EntidadAdmin(RegistroAdmin):
    model = Entidad
    unida_en = "fusionada_en"
    menu_label = "Entidades"
    menu_icon = "group"
    button_helper_class = BotonesDeEntidad
    create_view_class = AltaConContactos
    edit_view_class = EdicionDeEntidad
    list_display = ("nombre", "tipo_corto", "lugar", "centro", "esta_activa")
    list_filter = ("tipo", FiltroDeTerritorio, "centro", "esta_activa", FiltroDeVerificacion)
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
        "verificado_en",
        "esta_activa",
    )
    inspect_view_fields = (
        "nombre",
        "antes",
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
        "verificado_en",
        "esta_activa",
    )
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("nombre", help_text=CAMBIO_DE_NOMBRE), FieldPanel("tipo"), FieldPanel("padre")], "Entidad"
            ),
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

    def antes(self, entidad):
        """«Municipalidad de X (hasta el 31/12/2025)», del último al primero."""
        return "; ".join(f"{fila} (hasta el {fila.hasta:%d/%m/%Y})" for fila in entidad.nombres_anteriores.all())

    def provincia(self, entidad):
        return entidad.distrito.provincia.nombre

    def departamento(self, entidad):
        return entidad.distrito.provincia.departamento.nombre

    def ubigeo(self, entidad):
        return entidad.distrito_id

    antes.short_description = "antes se llamó"
    tipo_corto.short_description = "tipo"
    tipo_corto.admin_order_field = "tipo"
    lugar.admin_order_field = "distrito__ubigeo"

    def secciones_de_ficha(self, request, instancia):
        contexto = {
            "entidad": instancia,
            "por_sistema": operadores_por_sistema(request.user, instancia),
            "unidades": Entidad.objects.para(request.user).filter(padre=instancia),
            "puede_agregar": request.user.has_perm("directorio.add_operador"),
            "puede_ver": request.user.has_perm("directorio.view_operador"),
        }
        plantilla = "directorio/secciones/operadores.html"
        propia = {"titulo": "Operadores y unidades", "plantilla": plantilla, "contexto": contexto}
        puede_cambiar = self.permission_helper.user_can_edit_obj(request.user, instancia)
        situacion = bloques_de_situacion(request.user, instancia, puede_cambiar=puede_cambiar)
        de_otros = (seccion(request.user, instancia) for seccion in secciones_de_entidad)
        suyas = [de_contactos(instancia), de_autoridades(request.user, instancia), propia, *situacion]
        return [*filter(None, [*suyas, *de_otros])]

    def enlaces_de_lista(self, request):
        if not request.user.has_perm("directorio.change_entidad"):
            return []
        repetidas = reverse("repetidas", args=["entidad"])
        return [("Repetidas", repetidas), ("Importar indicadores", reverse("situacion_importar"))]
