from django.contrib.admin import RelatedFieldListFilter
from wagtail_modeladmin.helpers.search import BaseSearchHandler

from comun.alcance import en_alcance
from comun.hallar import con_texto_o_parecidas


class BuscadorNormalizado(BaseSearchHandler):
    """Busca en la columna ``texto_busqueda``, sin tildes ni mayúsculas; si nada calza, lo parecido."""

    def search_queryset(self, queryset, search_term, **kwargs):
        return con_texto_o_parecidas(queryset, search_term or "") if self.search_fields else queryset

    @property
    def show_search_form(self):
        return bool(self.search_fields)


class FiltroEnAlcance(RelatedFieldListFilter):
    """Filtro por clave foránea que ofrece solo valores dentro del alcance del usuario."""

    def field_choices(self, field, request, model_admin):
        valores = en_alcance(field.related_model._default_manager.all(), request.user)
        return [(fila.pk, str(fila)) for fila in valores]

    def has_output(self):
        # Con un solo valor posible el filtro sobra; pero si lo piden por la dirección, se aplica igual.
        return super().has_output() or bool(self.used_parameters)
