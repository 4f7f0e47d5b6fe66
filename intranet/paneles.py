"""El panel de la página de inicio de la intranet."""

from wagtail.admin.ui.components import Component

from eventos.permissions import puede_programar

from .bandeja import asuntos_de
from .primeros_pasos import primeros_pasos


class PanelDeInicio(Component):
    """Los primeros pasos de una oficina vacía y los asuntos de quien entra."""

    name = "inicio"
    template_name = "intranet/inicio.html"
    order = 10

    def get_context_data(self, parent_context):
        usuario = parent_context["request"].user
        return {
            "pasos": primeros_pasos(usuario),
            "asuntos": asuntos_de(usuario),
            "puede_programar": puede_programar(usuario),
            "centro": usuario.centro,
        }
