from django.apps import AppConfig


class DirectorioConfig(AppConfig):
    name = "directorio"
    verbose_name = "Directorio"

    def ready(self):
        from comun.registros import al_fusionar, periodicas, permisos_de_pagina, relevos

        from . import busqueda, personales, registros  # noqa: F401 - se anotan en comun
        from .actions import cerrar_cuentas_de_cesados, pasar_entidades_de_hoy, poner_puestos_de_hoy
        from .campanias.actions import cerrar_campanias_vencidas, recordar_campanias
        from .campanias.fusion import pasar_pedidos
        from .carga import completar_paginas_de_centros
        from .cuentas.ceses import aplicar_ceses_de_hoy
        from .frescura.partes import RELEVO, completar_partes
        from .frescura.recordatorio import recordar_lo_sin_verificar
        from .importacion.guardar import retomar_importaciones
        from .permissions import paginas_de_centros

        permisos_de_pagina.anotar(paginas_de_centros)
        periodicas.anotar(aplicar_ceses_de_hoy)
        periodicas.anotar(cerrar_cuentas_de_cesados)
        periodicas.anotar(poner_puestos_de_hoy)
        periodicas.anotar(pasar_entidades_de_hoy)
        periodicas.anotar(completar_paginas_de_centros)
        periodicas.anotar(completar_partes)
        periodicas.anotar(recordar_lo_sin_verificar)
        periodicas.anotar(recordar_campanias)
        periodicas.anotar(cerrar_campanias_vencidas)
        periodicas.anotar(retomar_importaciones)
        relevos.anotar(RELEVO)
        al_fusionar.anotar(pasar_pedidos)
