from django.contrib.auth.models import Group
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail_modeladmin.options import modeladmin_register

from .choosers import selector_de_distrito
from .modeladmin import GrupoOrganizacion, HorarioEspecialAdmin
from .models import Usuario
from .permissions import SoloSuperusuario

for _modelo in (Usuario, Group):
    register_permission_policy(_modelo, SoloSuperusuario(_modelo))

modeladmin_register(GrupoOrganizacion)
modeladmin_register(HorarioEspecialAdmin)


@hooks.register("register_admin_viewset")
def registrar_selector_de_distrito():
    return selector_de_distrito
