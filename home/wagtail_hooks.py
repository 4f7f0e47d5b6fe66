from wagtail_modeladmin.options import modeladmin_register

from .modeladmin import MuralAdmin

modeladmin_register(MuralAdmin)
