"""De qué centro y de qué mes es una pantalla: los dice la dirección («?centro=cusco&mes=2026-12»)."""

from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from comun.alcance import alcance_de
from eventos.calendario import leer_mes
from organizacion.models import Centro

from .acceso import con_aviso_de_permiso, exigir

VER_PROGRAMA = "eventos.view_programamensual"


def centros_de(usuario):
    """Los activos cuyo programa ve ``usuario``; todos si es de la sede."""
    alcance = alcance_de(usuario, VER_PROGRAMA)
    activos = Centro.objects.activos()
    return activos if alcance.nacional else activos.filter(pk__in=alcance.centros)


def centro_pedido(request) -> Centro | None:
    """El de la dirección (404 si no es de los suyos); si no dice, el propio; ``None`` si es de la sede y no eligió."""
    if slug := request.GET.get("centro"):
        return get_object_or_404(centros_de(request.user), slug=slug[:60])
    if alcance_de(request.user, VER_PROGRAMA).nacional:
        return None
    suyos = centros_de(request.user)
    centro = suyos.filter(pk=getattr(request.user.centro, "pk", None)).first() or suyos.first()
    if centro is None:
        raise PermissionDenied("Su cuenta todavía no tiene un centro.")
    return centro


def mes_pedido(request):
    return leer_mes(request.GET.get("mes")) or timezone.localdate().replace(day=1)


def direccion(pantalla: str, centro: Centro | None = None, mes=None, **mas) -> str:
    """La de una pantalla del programa, con su centro y su mes."""
    consulta = {"centro": centro.slug if centro else "", "mes": f"{mes:%Y-%m}" if mes else "", **mas}
    llena = {nombre: valor for nombre, valor in consulta.items() if valor}
    return reverse(f"eventos_intranet:{pantalla}") + (f"?{urlencode(llena)}" if llena else "")


def con_centro_y_mes(puede):
    """Entrega a la vista el centro y el mes de la dirección, si ``puede(usuario, centro)``."""

    def decorador(vista):
        @wraps(vista)
        @con_aviso_de_permiso
        def envuelta(request):
            centro, mes = centro_pedido(request), mes_pedido(request)
            if centro is None:  # alguien de la sede que no eligió: lo hace en el resumen
                return redirect(direccion("programa-del-mes", mes=mes))
            exigir(puede(request.user, centro))
            return vista(request, centro, mes)

        return envuelta

    return decorador
