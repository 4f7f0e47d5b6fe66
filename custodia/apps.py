from django.apps import AppConfig


class CustodiaConfig(AppConfig):
    name = "custodia"
    verbose_name = "Custodia"

    def ready(self):
        from comun.registros import al_exportar

        from .actions import anotar

        @al_exportar.anotar
        def dejar_rastro(usuario, modelo, cantidad, request):
            anotar(
                accion="exportar",
                por=usuario,
                modelo=modelo._meta.label_lower,
                detalle={"filas": cantidad, "filtros": sorted(request.GET)},
                motivo=request.GET.get("motivo", "")[:255],
                request=request,
            )
