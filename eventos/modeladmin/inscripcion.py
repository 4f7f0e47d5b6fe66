"""Registro «Inscripciones»: columnas, filtros y exportación; el alcance lo pone la base."""

from django.contrib.admin import SimpleListFilter
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_modeladmin.helpers import PermissionHelper

from comun.modeladmin import BotonesDelRegistro, RegistroAdmin
from comun.templatetags.comun import documento_velado, fecha_media, hora
from custodia.documento import seccion_de_documento
from eventos import permissions
from eventos.models import Capacitacion, Inscripcion


class EntidadFiltro(SimpleListFilter):
    title = "entidad"
    parameter_name = "entidad"

    def lookups(self, request, model_admin):
        return [("si", "En el directorio"), ("no", "Por vincular")]

    def queryset(self, request, queryset):
        if self.value() == "si":
            return queryset.filter(entidad__isnull=False)
        return queryset.vigentes().sin_entidad() if self.value() == "no" else queryset


class CapacitacionFiltro(SimpleListFilter):
    """Solo aparece al llegar desde el panel de una capacitación: una lista de todas no se podría leer."""

    title = "capacitación"
    parameter_name = "capacitacion"

    def lookups(self, request, model_admin):
        pedida = request.GET.get(self.parameter_name, "")
        if not pedida.isdecimal() or len(pedida) > 18:
            return []
        return [(str(c.pk), c.titulo) for c in Capacitacion.objects.para(request.user).filter(pk=pedida)]

    def queryset(self, request, queryset):
        elegidas = [llave for llave, _ in self.lookup_choices]
        return queryset.filter(capacitacion__in=elegidas) if elegidas else queryset


class PermisosDeInscripcion(PermissionHelper):
    """Se inscribe desde la mesa de asistencia y se anula con su botón: aquí no se crea ni se borra."""

    def user_can_list(self, user):
        return permissions.puede_ver_inscripciones(user)

    def user_can_create(self, user):
        return False

    def user_can_inspect_obj(self, user, obj):
        return permissions.puede_ver_inscripciones(user)

    def user_can_edit_obj(self, user, obj):
        return permissions.puede_editar_inscripcion(user, obj)

    def user_can_delete_obj(self, user, obj):
        return False


class BotonesDeInscripcion(BotonesDelRegistro):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        botones = super().get_buttons_for_obj(obj, *args, **kwargs)
        if not permissions.puede_editar_inscripcion(self.request.user, obj) or obj.estado == Inscripcion.Estado.ANULADA:
            return botones
        if obj.tiene_oferta():
            botones.append(self.boton("Aceptar el cupo", "eventos_intranet:inscripcion-aceptar", obj))
        if obj.entidad_texto and not obj.entidad_id:
            botones.append(self.boton("Vincular entidad", "eventos_intranet:inscripcion-entidad", obj))
        return [*botones, self.boton("Anular", "eventos_intranet:inscripcion-anular", obj, ["button-secondary", "no"])]


class InscripcionAdmin(RegistroAdmin):
    model = Inscripcion
    base_url_path = "inscripciones"
    menu_label = "Inscripciones"
    menu_icon = "clipboard-list"
    menu_order = 210
    list_display = ("__str__", "documento", "entidad_mostrada", "evento", "fecha", "en_que_esta")
    list_filter = (CapacitacionFiltro, "estado", EntidadFiltro, "canal", "capacitacion__centro")
    list_export = (
        "evento",
        "fecha",
        "apellidos",
        "nombres",
        "numero_documento",
        "nombre_de_entidad",
        "cargo",
        "correo",
        "telefono",
        "como_asiste",
        "estado",
        "por_que_se_anulo",
        "canal",
    )
    list_select_related = ("capacitacion__centro", "persona", "entidad")
    ordering = ("-creada_en",)
    inspect_view_fields = (
        "evento",
        "apellidos",
        "nombres",
        "persona",
        "entidad",
        "entidad_texto",
        "cargo",
        "correo",
        "telefono",
        "como_asiste",
        "en_que_esta",
        "canal",
        "codigo",
        "creada_en",
        "anulada_en",
        "por_que_se_anulo",
        "registrada_por",
    )
    history_view_enabled = False
    permission_helper_class = PermisosDeInscripcion
    button_helper_class = BotonesDeInscripcion
    # Solo la copia de los datos: la capacitación, la persona y el estado no se cambian a mano.
    panels = [
        FieldRowPanel([FieldPanel("apellidos"), FieldPanel("nombres")]),
        MultiFieldPanel([FieldPanel("cargo"), FieldPanel("correo"), FieldPanel("telefono")], "Datos de contacto"),
    ]

    def get_list_export(self, request):
        """Quien mira las de otros centros en su sistema, o solo mira, se lleva los documentos velados."""
        if permissions.puede_exportar_documentos(request.user):
            return self.list_export
        return ["documento" if campo == "numero_documento" else campo for campo in self.list_export]

    def secciones_de_ficha(self, request, instancia):
        return [seccion_de_documento(request, "inscripcion", instancia)]

    def documento(self, inscripcion):
        return documento_velado(inscripcion.numero_documento)

    def numero_documento(self, inscripcion):
        return inscripcion.numero_documento

    numero_documento.short_description = "documento"

    def nombre_de_entidad(self, inscripcion):
        return inscripcion.nombre_de_entidad

    nombre_de_entidad.short_description = "entidad"

    def entidad_mostrada(self, inscripcion):
        if inscripcion.entidad_id or not inscripcion.entidad_texto:
            return inscripcion.nombre_de_entidad or "Ciudadano"
        return f"{inscripcion.entidad_texto} (por vincular)"

    entidad_mostrada.short_description = "entidad"
    entidad_mostrada.admin_order_field = "entidad__nombre"

    def evento(self, inscripcion):
        return inscripcion.capacitacion.titulo

    evento.short_description = "capacitación"
    evento.admin_order_field = "capacitacion__titulo"

    def fecha(self, inscripcion):
        return fecha_media(inscripcion.capacitacion.fecha_inicio)

    fecha.admin_order_field = "capacitacion__fecha_inicio"

    def como_asiste(self, inscripcion):
        modalidad = Inscripcion.Modalidad
        return (modalidad.VIRTUAL if inscripcion.es_virtual else modalidad.PRESENCIAL).label

    como_asiste.short_description = "cómo asiste"

    def en_que_esta(self, inscripcion):
        estado = inscripcion.get_estado_display()
        if not inscripcion.oferta_vence_en:
            return estado
        return f"{estado} hasta {fecha_media(inscripcion.oferta_vence_en)}, {hora(inscripcion.oferta_vence_en)}"

    en_que_esta.short_description = "estado"
    en_que_esta.admin_order_field = "estado"

    def por_que_se_anulo(self, inscripcion):
        return inscripcion.get_motivo_anulacion_display()

    por_que_se_anulo.short_description = "por qué se anuló"
