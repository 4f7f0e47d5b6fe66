"""Lo que Wagtail deja abierto a cualquiera que entre a la intranet y aquí no lo está."""

from wagtail.admin.auth import permission_denied


class InformesDelSuperusuario:
    """Los informes de Wagtail no conocen el alcance: su historia nombra filas de todos los centros (invariante 1).

    El menú ya no los muestra (``intranet.menu.SOLO_SUPERUSUARIO``); su dirección tampoco los abre.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        usuario = request.user
        es_informe = "wagtailadmin_reports" in request.resolver_match.namespaces
        if es_informe and usuario.is_authenticated and not usuario.is_superuser:
            return permission_denied(request)
        return None
