"""Ventana para elegir un distrito entre los 1,893."""

from comun.selectores import SelectorEnAlcance

from .models import Distrito

selector_de_distrito = SelectorEnAlcance(
    "elegir-distrito",
    model=Distrito,
    permisos=("directorio.change_entidad", "organizacion.change_centro"),
    icon="site",
    choose_one_text="Elegir distrito",
    relacionadas=("provincia__departamento",),
    columnas=(("nombre_completo", "Distrito, provincia, departamento"), ("ubigeo", "Ubigeo")),
)
