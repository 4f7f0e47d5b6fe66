from django.contrib.admin.utils import label_for_field, unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db.models import ForeignKey
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail_modeladmin.options import ModelAdmin  # noqa: TID251 - esta es la base

from comun.alcance import VER, alcance_de, en_alcance, permisos_sobre

from .borrado import Borrado
from .botones import BotonesDelRegistro
from .columnas import ColumnaDelNombre
from .ficha import Ficha
from .filtros import BuscadorNormalizado, FiltroEnAlcance
from .formularios import Alta, Edicion
from .historia import Historia
from .listado import Listado
from .permisos import PermisosEnAlcance

HOJA_DE_ESTILO = "comun/registros.css"


class RegistroAdmin(ModelAdmin):
    """Registro de un modelo con alcance: lista, filtros, búsqueda, ficha, alta, edición, historia y exportación.

    Las apps declaran ``model``, ``menu_label``, ``list_display``, ``list_filter``, ``list_export`` y ``panels``.
    """

    index_view_class = Listado
    create_view_class = Alta
    edit_view_class = Edicion
    delete_view_class = Borrado
    inspect_view_class = Ficha
    history_view_class = Historia
    permission_helper_class = PermisosEnAlcance
    button_helper_class = BotonesDelRegistro
    search_handler_class = BuscadorNormalizado
    search_fields = ("texto_busqueda",)
    inspect_view_enabled = True
    inspect_view_fields_exclude = ("id", "texto_busqueda")
    empty_value_display = "—"
    list_per_page = 50
    # Un registro cuyo texto enlaza documentos o imágenes lo pone en True; los demás no encolan tareas al guardar.
    indexa_referencias = False

    def get_queryset(self, request):
        """Las de la lista: sin las que se unieron a otra, y con el orden de la tabla para desempatar."""
        filas = self._en_alcance(request)
        if self.unida_en:
            filas = filas.filter(**{f"{self.unida_en}__isnull": True})
        orden = self.get_ordering(request) or self.opts.ordering
        return filas.order_by(*orden) if orden else filas

    def _en_alcance(self, request):
        return en_alcance(self.model._default_manager.all(), request.user)

    def register_indexing(self):
        if self.indexa_referencias:
            super().register_indexing()

    def secciones_de_ficha(self, request, instancia) -> list[dict]:
        """Bloques que siguen a los datos en la ficha: dict(titulo, plantilla, contexto)."""
        return []

    def enlaces_de_lista(self, request) -> list[tuple[str, str]]:
        """Pares (rótulo, dirección) que van junto al botón «Agregar»."""
        return []

    # El campo que dice en qué fila quedó una que se unió a otra; «» si el registro no une filas.
    unida_en = ""

    def _a_la_que_se_queda(self, request, fila):
        """Redirige a la fila que absorbió a esta: sus direcciones de antes siguen llegando."""
        otra = getattr(fila, self.unida_en) if self.unida_en else None
        if otra is None:
            return None
        messages.info(request, f"{fila} se unió a esta fila.")
        return redirect(self.url_helper.get_action_url("inspect", otra.pk))

    def get_list_display(self, request):
        # A quien trabaja en un solo centro, la columna del centro no le dice nada.
        alcance = alcance_de(request.user, *permisos_sobre(self.model, VER))
        sobra = not alcance.nacional and not alcance.sistemas and len(alcance.centros) == 1
        columnas = [columna for columna in self.list_display if not (sobra and columna == "centro")]
        return [self._nombre if columna == "__str__" else columna for columna in columnas]

    def get_extra_attrs_for_field_col(self, obj, field_name):
        """En el teléfono cada fila es una ficha: el rótulo va con el dato."""
        if field_name in {self.list_display[0], self._nombre}:
            return {}
        return {"data-rotulo": capfirst(label_for_field(field_name, self.model, self))}

    @cached_property
    def _nombre(self):
        return ColumnaDelNombre(self.model)

    def get_index_view_extra_css(self):
        return [*super().get_index_view_extra_css(), HOJA_DE_ESTILO]

    def get_inspect_view_extra_css(self):
        return [*super().get_inspect_view_extra_css(), HOJA_DE_ESTILO]

    def get_form_view_extra_css(self):
        return [*super().get_form_view_extra_css(), HOJA_DE_ESTILO]

    def get_search_fields(self, request):
        try:
            self.opts.get_field("texto_busqueda")
        except FieldDoesNotExist:
            return ()
        return self.search_fields

    def get_list_filter(self, request):
        return [self._filtro(filtro) for filtro in self.list_filter]

    def _filtro(self, filtro):
        if not isinstance(filtro, str):
            return filtro
        campo = self.opts
        for parte in filtro.split("__"):
            campo = (campo.related_model._meta if isinstance(campo, ForeignKey) else campo).get_field(parte)
        return (filtro, FiltroEnAlcance) if campo.is_relation else filtro

    def exigir_en_alcance(self, request, instance_pk):
        """Levanta 404 si la fila no existe o está fuera del alcance de quien la pide."""
        try:
            pk = self.opts.pk.to_python(unquote(instance_pk))
        except ValidationError as error:
            raise Http404 from error
        # Una que se unió a otra no está en la lista, y sus direcciones de antes llevan a la que se queda.
        filas = self._en_alcance(request) if self.unida_en else self.get_queryset(request)
        return get_object_or_404(filas, pk=pk)

    def edit_view(self, request, instance_pk):
        fila = self.exigir_en_alcance(request, instance_pk)
        return self._a_la_que_se_queda(request, fila) or super().edit_view(request, instance_pk)

    def inspect_view(self, request, instance_pk):
        fila = self.exigir_en_alcance(request, instance_pk)
        return self._a_la_que_se_queda(request, fila) or super().inspect_view(request, instance_pk)

    def delete_view(self, request, instance_pk):
        self.exigir_en_alcance(request, instance_pk)
        return super().delete_view(request, instance_pk)

    def history_view(self, request, instance_pk):
        fila = self.exigir_en_alcance(request, instance_pk)
        # La de modeladmin no pregunta: la historia nombra la fila y la ve quien puede ver la ficha.
        if not self.permission_helper.user_can_inspect_obj(request.user, fila):
            raise PermissionDenied
        return super().history_view(request, instance_pk)
