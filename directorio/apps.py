from django.apps import AppConfig


class DirectorioConfig(AppConfig):
    name = "directorio"
    verbose_name = "Directorio"

    def ready(self):
        from comun.registros import periodicas, permisos_de_pagina

        from . import busqueda  # noqa: F401 - anota los centros y su personal en el buscador
        from .actions import cerrar_cuentas_de_cesados
        from .carga import completar_paginas_de_centros
        from .permissions import paginas_de_centros

        permisos_de_pagina.anotar(paginas_de_centros)
        periodicas.anotar(cerrar_cuentas_de_cesados)
        periodicas.anotar(completar_paginas_de_centros)
