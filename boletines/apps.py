from django.apps import AppConfig


class BoletinesConfig(AppConfig):
    name = "boletines"
    verbose_name = "Boletines y comunicados"

    def ready(self):
        from comun.registros import (
            al_anular_envio,
            al_suprimir,
            fuentes_de_busqueda,
            permisos_de_coleccion,
            permisos_de_pagina,
            secciones_de_entidad,
        )
        from comun.registros import periodicas as tareas

        from . import periodicas, personales, relevos  # noqa: F401 - se anotan en comun.registros
        from .actions.anulados import volver_a_por_enviar
        from .actions.bajas import anotar_supresion
        from .actions.ogti import archivos_a_ogti
        from .busqueda import buscar_boletines, buscar_comunicados
        from .permissions import colecciones_de_comunicaciones, paginas_de_comunicaciones
        from .registro_de_entidad import correos_de_entidad

        permisos_de_pagina.anotar(paginas_de_comunicaciones)
        permisos_de_coleccion.anotar(colecciones_de_comunicaciones)
        fuentes_de_busqueda.anotar(buscar_boletines)
        fuentes_de_busqueda.anotar(buscar_comunicados)
        al_anular_envio.anotar(volver_a_por_enviar)
        al_suprimir.anotar(anotar_supresion)
        secciones_de_entidad.anotar(correos_de_entidad)
        tareas.anotar(archivos_a_ogti)
