from django.apps import AppConfig


class BoletinesConfig(AppConfig):
    name = "boletines"
    verbose_name = "Boletines y comunicados"

    def ready(self):
        from comun.registros import fuentes_de_busqueda, permisos_de_coleccion, permisos_de_pagina

        from . import periodicas  # noqa: F401 - se anotan en comun.registros
        from .busqueda import buscar_boletines, buscar_comunicados
        from .permissions import colecciones_de_comunicaciones, paginas_de_comunicaciones

        permisos_de_pagina.anotar(paginas_de_comunicaciones)
        permisos_de_coleccion.anotar(colecciones_de_comunicaciones)
        fuentes_de_busqueda.anotar(buscar_boletines)
        fuentes_de_busqueda.anotar(buscar_comunicados)
