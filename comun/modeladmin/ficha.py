import datetime as dt

from django.contrib.admin.utils import label_for_field
from django.db.models import EmailField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import capfirst
from wagtail_modeladmin.views import InspectView


class Ficha(InspectView):
    """Una fila para leer: rótulos y valores en español, y los bloques que otros pisos agregan."""

    def get_page_title(self):
        return str(self.instance)

    def get_page_subtitle(self):
        return capfirst(self.verbose_name)

    def get_meta_title(self):
        return f"{self.instance} – {capfirst(self.verbose_name)}"

    def get_field_label(self, field_name, field=None):
        return capfirst(label_for_field(field_name, model=self.model, model_admin=self.model_admin))

    def get_field_display_value(self, field_name, field=None):
        del_registro = getattr(self.model_admin, field_name, None)
        if callable(del_registro):
            return del_registro(self.instance) or self.model_admin.get_empty_value_display(field_name)
        valor = super().get_field_display_value(field_name, field)
        if isinstance(field, EmailField) and "@" in valor:
            return format_html('<a href="mailto:{0}">{0}</a>', valor)
        return _en_palabras(valor)

    @property
    def url_historia(self):
        if not self.model_admin.history_view_enabled:
            return ""
        return self.url_helper.get_action_url("history", self.pk_quoted)

    def get_context_data(self, **kwargs):
        secciones = self.model_admin.secciones_de_ficha(self.request, self.instance)
        return super().get_context_data(secciones=secciones, **kwargs)


def _en_palabras(valor):
    if isinstance(valor, bool):
        return "Sí" if valor else "No"
    if isinstance(valor, dt.datetime):
        return date_format(timezone.localtime(valor), "DATETIME_FORMAT")
    if isinstance(valor, dt.date):
        return date_format(valor, "DATE_FORMAT")
    return valor
