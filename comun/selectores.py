"""Selectores: elegir una fila entre miles con una ventana que busca, siempre dentro del alcance de quien elige.

Una app declara el suyo en ``choosers.py``, lo registra en ``register_admin_viewset`` y desde entonces toda clave
foránea a ese modelo usa la ventana en los formularios de la intranet (ejemplo: ``directorio.choosers``). El QuerySet
del modelo necesita ``buscar(consulta)``.
"""

from django import forms
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.urls import path, reverse
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from comun.alcance import en_alcance
from comun.hallar import o_parecidas


class FormularioDeBusqueda(BaseFilterForm):
    """Busca con el ``buscar()`` del modelo: sin tildes y por todas las palabras; si nada calza, lo parecido."""

    q = forms.CharField(label="Buscar", required=False, widget=forms.TextInput(attrs={"placeholder": "Buscar"}))

    def filter(self, objects):
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return (
            o_parecidas(objects.buscar(self.search_query), objects, self.search_query) if self.search_query else objects
        )


def titulo_de(fila) -> str:
    """Cómo se muestra la fila ya elegida: con su lugar si lo tiene, porque hay nombres repetidos."""
    return getattr(fila, "nombre_completo", None) or str(fila)


class ControlEnAlcance(BaseChooser):
    """Control de formulario. ``filas``: las que puede mostrar; lo fija ``comun.modeladmin.estrechar``."""

    filas = None
    choose_another_text = "Cambiar"
    clear_choice_text = "Quitar"
    show_edit_link = False

    def get_display_title(self, instance):
        return titulo_de(instance)

    def get_instance(self, value):
        if value is None or isinstance(value, self.model_class):
            return value
        filas = self.filas if self.filas is not None else self.model_class._default_manager
        try:
            return filas.get(pk=value)
        except (self.model_class.DoesNotExist, ValueError, ValidationError):
            return None


class SoloQuienElige:
    """Niega la ventana a quien no tiene ninguno de ``permisos``: nada de lo que llena le pide elegir."""

    permisos = ()

    def dispatch(self, request, *args, **kwargs):
        if not any(request.user.has_perm(permiso) for permiso in self.permisos):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ListaEnAlcance(SoloQuienElige):
    """Las filas de la ventana: dentro del alcance y con las columnas que el modelo pida."""

    filter_form_class = FormularioDeBusqueda
    is_multiple_choice = False  # «?multiple=» pediría una dirección que no se monta
    columnas = ()
    relacionadas = ()

    def get_object_list(self):
        filas = en_alcance(self.model_class._default_manager.all(), self.request.user)
        return filas.select_related(*self.relacionadas)

    def get_results_page(self, request):
        try:
            return super().get_results_page(request)
        except (ValueError, OverflowError) as error:
            raise Http404 from error

    def can_create(self):
        return False

    @property
    def columns(self):
        (campo, rotulo), *otras = self.columnas
        titulo = TitleColumn(
            campo,
            label=rotulo,
            get_url=lambda fila: reverse(self.chosen_url_name, args=[quote(fila.pk)]),
            link_attrs={"data-chooser-modal-choice": True},
        )
        return [titulo, *(Column(campo, label=rotulo) for campo, rotulo in otras)]


class VistaElegir(ListaEnAlcance, chooser.ChooseView):
    pass


class VistaResultados(ListaEnAlcance, chooser.ChooseResultsView):
    pass


class VistaElegida(SoloQuienElige, chooser.ChosenView):
    def get_display_title(self, instance):
        return titulo_de(instance)

    def get_object(self, pk):
        filas = en_alcance(self.model_class._default_manager.all(), self.request.user)
        try:
            return filas.get(pk=pk)
        except (ValueError, ValidationError) as error:
            raise Http404 from error


class SelectorEnAlcance(ChooserViewSet):
    """Ventana para elegir una fila.

    ``permisos``: quién la abre, con uno basta; ``columnas``: pares (campo, rótulo); ``relacionadas``: su
    ``select_related``.
    """

    permisos: tuple[str, ...] = ()
    columnas: tuple[tuple[str, str], ...] = ()
    relacionadas: tuple[str, ...] = ()
    base_widget_class = ControlEnAlcance
    choose_view_class = VistaElegir
    choose_results_view_class = VistaResultados
    chosen_view_class = VistaElegida
    choose_another_text = "Cambiar"
    per_page = 15

    @property
    def choose_view(self):
        return self.construct_view(
            self.choose_view_class,
            icon=self.icon,
            page_title=self.page_title,
            search_tab_label=self.search_tab_label,
            columnas=self.columnas,
            relacionadas=self.relacionadas,
            permisos=self.permisos,
        )

    @property
    def choose_results_view(self):
        return self.construct_view(
            self.choose_results_view_class,
            columnas=self.columnas,
            relacionadas=self.relacionadas,
            permisos=self.permisos,
        )

    @property
    def chosen_view(self):
        return self.construct_view(self.chosen_view_class, permisos=self.permisos)

    def get_urlpatterns(self):
        # Ni crear ni elegir varias: nadie las usa aquí y no tendrían alcance.
        return [
            path("", self.choose_view, name="choose"),
            path("results/", self.choose_results_view, name="choose_results"),
            path("chosen/<str:pk>/", self.chosen_view, name="chosen"),
        ]
