from wagtail_modeladmin.options import modeladmin_register

from .modeladmin import GrupoContenido, MuralAdmin

modeladmin_register(GrupoContenido)
modeladmin_register(MuralAdmin)
