"""Base única de los registros del personal sobre wagtail-modeladmin (ADR 0002).

modeladmin no tiene alcance: un ``get_queryset`` recortado deja abiertos la edición, la inspección, el borrado y la
historia de una fila ajena, lista filas ajenas en los selectores y permite mover una fila a otro centro. Aquí se
cierra todo una vez; los registros de cada app solo declaran columnas y filtros.
"""

from django.contrib.admin import RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field, unquote
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.paginator import InvalidPage
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.encoding import force_str
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail_modeladmin.helpers.search import BaseSearchHandler
from wagtail_modeladmin.options import ModelAdmin  # noqa: TID251 - esta es la base
from wagtail_modeladmin.views import CreateView, EditView, IndexView

from comun.alcance import alcance_de, en_alcance
from comun.busqueda import filtrar_por_texto
from comun.exportar import FORMATOS, respuesta_tabla
from comun.registros import al_exportar


class BuscadorNormalizado(BaseSearchHandler):
    """Buscador de los registros de modeladmin sobre ``texto_busqueda``."""

    def search_queryset(self, queryset, search_term, **kwargs):
        return filtrar_por_texto(queryset, search_term or "", self.search_fields[0]) if self.search_fields else queryset

    @property
    def show_search_form(self):
        return bool(self.search_fields)


class FiltroEnAlcance(RelatedFieldListFilter):
    """Filtro por clave foránea que ofrece solo valores dentro del alcance del usuario."""

    def field_choices(self, field, request, model_admin):
        valores = en_alcance(field.related_model._default_manager.all(), request.user)
        return [(fila.pk, str(fila)) for fila in valores]


class Listado(IndexView):
    """Lista de un registro: solo acepta en la dirección los filtros declarados y nunca falla por lo que traiga."""

    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except (IncorrectLookupParameters, InvalidPage, ValidationError, ValueError):
            messages.warning(request, "Ese filtro o esa página no existen; se muestra la lista completa.")
            return redirect(self.index_url)

    def get_filters(self, request):
        filtros, hay, sobrantes, distintos = super().get_filters(request)
        # Lo que ningún filtro declarado reclamó podría recorrer relaciones ajenas (persona__…): se descarta.
        sobrantes.clear()
        return filtros, hay, sobrantes, distintos

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if spreadsheet_format not in FORMATOS or not self.list_export:
            raise Http404
        filas = [self.fila_exportada(fila) for fila in queryset]
        for avisar in al_exportar:
            avisar(self.request.user, self.model, len(filas), self.request)
        encabezados = [self.get_heading(queryset, campo) for campo in self.list_export]
        return respuesta_tabla(encabezados, filas, nombre=self.get_filename(), formato=spreadsheet_format)

    def get_filename(self):
        return self.opts.model_name

    def get_heading(self, queryset, field):
        return capfirst(force_str(label_for_field(field, model=self.model, model_admin=self.model_admin)))

    def fila_exportada(self, fila):
        valores = []
        for campo in self.list_export:
            _, _, valor = lookup_field(campo, fila, self.model_admin)
            mostrar = getattr(fila, f"get_{campo}_display", None)
            valores.append(mostrar() if mostrar else valor)
        return valores


class FormularioEnAlcance:
    """Estrecha cada selector del formulario al alcance del usuario: un valor ajeno no valida."""

    def get_form(self):
        formulario = super().get_form()
        alcance = alcance_de(self.request.user)
        for nombre, campo in formulario.fields.items():
            if not isinstance(campo, ModelChoiceField):
                continue
            campo.queryset = en_alcance(campo.queryset, self.request.user)
            if nombre == "centro" and len(alcance.centros) == 1 and not formulario.instance.pk:
                campo.initial = next(iter(alcance.centros))
        return formulario


class Alta(FormularioEnAlcance, CreateView):
    """Alta de una fila, dentro del alcance."""


class Edicion(FormularioEnAlcance, EditView):
    """Edición de una fila, dentro del alcance."""


class RegistroAdmin(ModelAdmin):
    """Registro de un modelo con alcance: lista, filtros, búsqueda, ficha, alta, edición, historia y exportación.

    Las apps declaran ``model``, ``menu_label``, ``list_display``, ``list_filter``, ``list_export`` y ``panels``.
    """

    index_view_class = Listado
    create_view_class = Alta
    edit_view_class = Edicion
    search_handler_class = BuscadorNormalizado
    search_fields = ("texto_busqueda",)
    inspect_view_enabled = True
    inspect_view_fields_exclude = ("id", "texto_busqueda")
    list_per_page = 50

    def get_queryset(self, request):
        filas = en_alcance(self.model._default_manager.all(), request.user)
        orden = self.get_ordering(request)
        return filas.order_by(*orden) if orden else filas

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
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def edit_view(self, request, instance_pk):
        self.exigir_en_alcance(request, instance_pk)
        return super().edit_view(request, instance_pk)

    def inspect_view(self, request, instance_pk):
        self.exigir_en_alcance(request, instance_pk)
        return super().inspect_view(request, instance_pk)

    def delete_view(self, request, instance_pk):
        self.exigir_en_alcance(request, instance_pk)
        return super().delete_view(request, instance_pk)

    def history_view(self, request, instance_pk):
        self.exigir_en_alcance(request, instance_pk)
        return super().history_view(request, instance_pk)
