"""Lo que comparten las pantallas de datos personales: permiso, alcance y que nadie las guarde."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from custodia.models import SolicitudDeDerechos


def con_permiso(puede, *, metodos=("GET", "HEAD", "POST")):
    """Exige ``puede(usuario)``; la respuesta no se guarda en ningún lado."""

    def decorador(vista):
        @require_http_methods(list(metodos))
        @wraps(vista)
        def envuelta(request, *args, **kwargs):
            if not puede(request.user):
                raise PermissionDenied
            respuesta = vista(request, *args, **kwargs)
            respuesta["Cache-Control"] = "no-store, private"
            return respuesta

        return envuelta

    return decorador


def solicitud_de(request, pk) -> SolicitudDeDerechos:
    """La de ``pk`` si está a su alcance; si no, 404."""
    return get_object_or_404(SolicitudDeDerechos.objects.para(request.user).select_related("centro", "paquete"), pk=pk)
