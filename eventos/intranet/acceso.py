"""La puerta de toda pantalla del personal: primero el permiso (403), después el alcance (404)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render

from comun.alcance import alcance_de, solo_de_centro
from eventos.actions.rechazos import CERRADO, ExpedienteCerrado
from eventos.models import Capacitacion, Inscripcion, Validacion

SIN_PERMISO = "Su rol no le permite hacer esto."


def exigir(puede: bool, motivo: str = SIN_PERMISO) -> None:
    if not puede:
        raise PermissionDenied(motivo)


def con_fila(queryset, puede_ver, *, propia=False):
    """Entrega a la vista la fila que la dirección nombra, si ``puede_ver(usuario)`` y está a su alcance.

    ``puede_ver`` es de ``permissions.si_tiene``: ver la capacitación no basta para ver sus llamadas.
    ``propia``: además, de un centro en que trabaja. Quien coordina un centro y es Responsable Técnico por encargatura
    ve las de otros en su sistema, pero con ese rol no ve a quién se invitó ni a quién se llamó.
    """

    def decorador(vista):
        @wraps(vista)
        @con_aviso_de_permiso
        def envuelta(request, pk, **mas):
            exigir(puede_ver(request.user))
            fila = get_object_or_404(_alcanzables(queryset, request.user, puede_ver.permisos, propia), pk=pk)
            try:
                return vista(request, fila, **mas)
            except (PermissionDenied, ExpedienteCerrado) as error:
                raise PermissionDenied(CERRADO if _esta_cerrada(fila) else str(error)) from error

        return envuelta

    return decorador


def _alcanzables(queryset, usuario, permisos, propia):
    filas = queryset.para(usuario)
    for permiso in permisos:
        alcance = alcance_de(usuario, permiso)
        filas = filas.en(solo_de_centro(alcance) if propia else alcance)
    return filas


def _esta_cerrada(fila) -> bool:
    """Si la capacitación de la ``fila`` ya no cambia: es por eso, y no por el rol, que no se le deja."""
    capacitacion = fila if isinstance(fila, Capacitacion) else getattr(fila, "capacitacion", None)
    return (
        capacitacion is not None and Capacitacion.objects.filter(pk=capacitacion.pk, cerrada_en__isnull=False).exists()
    )


def con_capacitacion(puede_ver, *, propia=False):
    return con_fila(Capacitacion.objects.select_related("centro"), puede_ver, propia=propia)


def con_inscripcion(puede_ver):
    filas = Inscripcion.objects.select_related(
        "capacitacion__centro", "persona", "entidad", "entidad_distrito__provincia__departamento"
    )
    return con_fila(filas, puede_ver)


def con_validacion(puede_ver):
    return con_fila(Validacion.objects.select_related("capacitacion__centro", "sistema"), puede_ver)


def con_aviso_de_permiso(vista):
    """Un permiso que falta es un 403 con su explicación, no una vuelta a la portada de la intranet."""

    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        try:
            return vista(request, *args, **kwargs)
        except PermissionDenied as error:
            contexto = {"motivo": str(error) or SIN_PERMISO}
            return render(request, "comun/sin_permiso.html", contexto, status=403)

    return envuelta
