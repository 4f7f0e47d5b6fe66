"""Ventana para elegir una entidad dentro del alcance de quien elige."""

from comun.selectores import SelectorEnAlcance

from .models import Entidad

selector_de_entidad = SelectorEnAlcance(
    "elegir-entidad",
    model=Entidad,
    permisos=("directorio.change_entidad",),
    icon="group",
    choose_one_text="Elegir entidad",
    relacionadas=("distrito__provincia__departamento",),
    columnas=(("nombre", "Entidad"), ("distrito.nombre_completo", "Lugar")),
)
