from wagtail_modeladmin.options import ModelAdminGroup

from directorio.menu import entradas

from .autoridad import AutoridadAdmin
from .entidad import EntidadAdmin
from .indicador import IndicadorAdmin
from .medio import MedioAdmin
from .operador import OperadorAdmin
from .personal import PersonalAdmin


class GrupoDirectorio(ModelAdminGroup):
    menu_label = "Directorio"
    menu_icon = "group"
    menu_order = 300
    items = (EntidadAdmin, AutoridadAdmin, OperadorAdmin, MedioAdmin, PersonalAdmin, IndicadorAdmin)

    def get_submenu_items(self):
        return [*super().get_submenu_items(), *entradas()]
