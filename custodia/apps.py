from django.apps import AppConfig


class CustodiaConfig(AppConfig):
    name = "custodia"
    verbose_name = "Custodia"

    def ready(self):
        from comun.registros import al_exportar, comprobaciones, lleva_datos_personales, periodicas

        from . import expediente_personal, historia, reglas  # noqa: F401 - se anotan en comun.registros
        from .actions import anotar
        from .actions.vulneraciones import avisar_plazos
        from .inventario import es_personal
        from .retencion import retener_cada_dia
        from .verificacion import encadenar_lo_pendiente, rastro_al_dia, sellar_el_dia

        lleva_datos_personales.anotar(es_personal)
        periodicas.anotar(encadenar_lo_pendiente)
        periodicas.anotar(sellar_el_dia)
        periodicas.anotar(avisar_plazos)
        periodicas.anotar(retener_cada_dia)
        comprobaciones.anotar(rastro_al_dia)

        @al_exportar.anotar
        def dejar_rastro(usuario, modelo, cantidad, request):
            anotar(
                accion="exportar",
                por=usuario,
                modelo=modelo._meta.label_lower,
                detalle={"filas": cantidad, "filtros": sorted(request.GET)},
                motivo=request.POST.get("motivo", ""),
                request=request,
            )
