from wagtail_modeladmin.options import ModelAdminGroup

from .entidad import EntidadAdmin
from .medio import MedioAdmin
from .operador import OperadorAdmin
from .personal import PersonalAdmin


class GrupoDirectorio(ModelAdminGroup):
    menu_label = "Directorio"
    menu_icon = "group"
    menu_order = 300
    items = (EntidadAdmin, OperadorAdmin, MedioAdmin, PersonalAdmin)
