"""Lo común de las pantallas del directorio: llegar a la fila y preguntar antes de un cambio."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directorio.actions import CambioImposible


def con_fila(queryset, permiso: str, *, propia=True):
    """Entrega a la vista la fila de la dirección, si quien pide tiene ``permiso`` y es suya (404 si no).

    La que se unió a otra lleva a esa.
    """

    def decorador(vista):
        @wraps(vista)
        @permission_required(permiso)
        def envuelta(request, pk, **mas):
            alcanzables = queryset.propias(request.user) if propia else queryset.para(request.user)
            fila = get_object_or_404(alcanzables, pk=pk)
            return a_la_que_se_queda(request, fila) or vista(request, fila, **mas)

        return envuelta

    return decorador


def a_la_que_se_queda(request, fila):
    """Si la fila se unió a otra, lleva a la ficha de esa: en la absorbida ya no se anota nada. ``None`` si no."""
    otra = getattr(fila, "fusionado_en", None) or getattr(fila, "fusionada_en", None)
    if otra is None:
        return None
    messages.warning(request, f"{fila} se unió a esta fila: no se cambió nada. Anótelo aquí.")
    return redirect(f"{fila._meta.app_label}_{fila._meta.model_name}_modeladmin_inspect", otra.pk)


def enviado(request):
    """Lo que trae un POST, sin el carácter nulo, que PostgreSQL no admite; ``None`` si solo se mira."""
    return sin_nulos(request.POST) if request.method == "POST" else None


def sin_nulos(parametros):
    datos = parametros.copy()
    for nombre, valores in parametros.lists():
        datos.setlist(nombre, [valor.replace("\x00", "") for valor in valores])
    return datos


def preguntar(request, form, *, hacer, listo: str, volver: str, **contexto):
    """Muestra ``form``; al enviarlo, ``hacer(datos)`` y vuelve. Lo que la acción rehúsa se dice y nada se pierde.

    ``contexto``: titulo, explicacion, boton.
    """
    if request.method == "POST" and form.is_valid():
        try:
            hacer(form.cleaned_data)
        except CambioImposible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, listo)
            return redirect(volver)
    return render(request, "directorio/movimiento.html", {"form": form, "volver": volver, **contexto})
