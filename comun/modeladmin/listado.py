from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DataError
from django.http import Http404
from django.shortcuts import redirect
from django.utils.encoding import force_str
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail_modeladmin.views import IndexView

from comun.alcance import alcance_de
from comun.exportar import FORMATOS, respuesta_tabla
from comun.motivo import pide_motivo, pregunta_de_motivo
from comun.registros import al_exportar
from comun.reservado import en_direccion, reservar

PEDIDO_INVALIDO = (IncorrectLookupParameters, ValidationError, ValueError, OverflowError, DataError)


class PaginadorConTope(WagtailPaginator):
    """Cuenta hasta ``TOPE`` filas: contar una tabla entera en cada visita la haría lenta."""

    TOPE = 10_000

    @cached_property
    def _contadas(self) -> int:
        return self.object_list[: self.TOPE + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._contadas, self.TOPE)

    @property
    def total_en_palabras(self) -> str:
        """«1,918 entidades», «más de 10,000 inscripciones»."""
        nombre = self.verbose_name if self.count == 1 else self.verbose_name_plural
        return f"{'más de ' if self._contadas > self.TOPE else ''}{self.count:,} {nombre}"


class Listado(IndexView):
    """Lista de un registro: solo acepta en la dirección los filtros declarados y nunca falla por lo que traiga."""

    paginator_class = PaginadorConTope

    def dispatch(self, request, *args, **kwargs):
        try:
            if any("\x00" in valor for valores in request.GET.lists() for valor in valores[1]):
                raise IncorrectLookupParameters
            return reservar(request) or super().dispatch(request, *args, **kwargs)
        except PEDIDO_INVALIDO:
            # Sin parámetros la culpa no es del pedido: redirigir daría vueltas sin fin.
            if not request.GET:
                raise
            messages.warning(request, "Ese filtro o esa página no existen; se muestra la lista completa.")
            return redirect(self.index_url)

    def get_query_string(self, new_params=None, remove=None):
        return super().get_query_string(en_direccion(self.request.GET) | (new_params or {}), remove)

    def get_filters(self, request):
        filtros, hay, sobrantes, distintos = super().get_filters(request)
        # Lo que ningún filtro declarado reclamó podría recorrer relaciones ajenas (persona__…): se descarta.
        sobrantes.clear()
        return filtros, hay, sobrantes, distintos

    def get_context_data(self, **kwargs):
        # Reemplaza al de modeladmin, que cuenta tres veces y vuelve a armar la consulta.
        paginador = self.paginator_class(self.queryset, self.items_per_page)
        pagina = paginador.get_page(self.page_num or 1)
        contexto = {
            "paginator": paginador,
            "page_obj": pagina,
            "object_list": pagina.object_list,
            "elided_page_range": paginador.get_elided_page_range(pagina.number),
            "filtros": [self._filtro_presentable(spec) for spec in self.filter_specs],
            "esta_filtrada": bool(self.query or any(spec.used_parameters for spec in self.filter_specs)),
            "user_can_create": self.permission_helper.user_can_create(self.request.user),
            "show_search": self.search_handler.show_search_form,
            "enlaces": self.model_admin.enlaces_de_lista(self.request),
            "puede_exportar": self.puede_exportar(),
        }
        return super(IndexView, self).get_context_data(**contexto | kwargs)

    def get_buttons_for_obj(self, obj):
        # El nombre de la fila ya lleva a editarla, o a verla si no puede editar: no se repite.
        edita = self.permission_helper.user_can_edit_obj(self.request.user, obj)
        return self.button_helper.get_buttons_for_obj(obj, exclude=["edit"] if edita else ["inspect"])

    def _filtro_presentable(self, spec):
        opciones = list(spec.choices(self))
        elegida = next((opcion for opcion in opciones[1:] if opcion["selected"]), None)
        return {"titulo": capfirst(force_str(spec.title)), "opciones": opciones, "elegida": elegida}

    def puede_exportar(self) -> bool:
        """Ver una lista no es poder llevársela: con datos personales hace falta su permiso («x» en la matriz)."""
        return bool(self.list_export) and (
            not pide_motivo(self.model) or self.request.user.has_perm(self.permiso_de_exportar)
        )

    @property
    def permiso_de_exportar(self) -> str:
        return f"{self.opts.app_label}.exportar_{self.opts.model_name}"

    def exportables(self, queryset):
        """De lo que ve, lo que alcanza con un rol que le deja llevárselo (ADR 0027)."""
        if not pide_motivo(self.model) or not hasattr(queryset, "en"):
            return queryset
        return queryset.en(alcance_de(self.request.user, self.permiso_de_exportar))

    def as_spreadsheet(self, queryset, spreadsheet_format):
        if spreadsheet_format not in FORMATOS or not self.list_export:
            raise Http404
        if not self.puede_exportar():
            raise PermissionDenied
        if pregunta := pregunta_de_motivo(self.request, self.model, volver=self.index_url):
            return pregunta
        filas = [self.fila_exportada(fila) for fila in self.exportables(queryset)]
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
