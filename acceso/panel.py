"""Lo primero de la página «Cuenta» de Wagtail: por dónde se cambian la contraseña, el segundo factor y las sesiones."""

from django import forms
from wagtail.admin.views.account import BaseSettingsPanel

from .permissions import tiene_segundo_factor


class PanelDeEntrada(BaseSettingsPanel):
    name = "entrada"
    title = "Contraseña, segundo factor y sesiones"
    order = 50
    template_name = "acceso/panel.html"

    def get_form(self):
        return forms.Form()

    def get_context_data(self):
        return super().get_context_data() | {"tiene": tiene_segundo_factor(self.user)}
