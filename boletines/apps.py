from django.apps import AppConfig


class BoletinesConfig(AppConfig):
    name = "boletines"
    verbose_name = "Boletines y comunicados"

    def ready(self):
        from comun.registros import fuentes_de_busqueda, periodicas, permisos_de_coleccion, permisos_de_pagina

        from .actions.ogti import archivos_a_ogti
        from .busqueda import buscar_boletines, buscar_comunicados
        from .permissions import colecciones_de_comunicaciones, paginas_de_comunicaciones

        permisos_de_pagina.anotar(paginas_de_comunicaciones)
        permisos_de_coleccion.anotar(colecciones_de_comunicaciones)
        fuentes_de_busqueda.anotar(buscar_boletines)
        fuentes_de_busqueda.anotar(buscar_comunicados)
        periodicas.anotar(archivos_a_ogti)
