"""Pantallas de repetidas: la lista de pares y la comparación de dos filas."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from comun.alcance import alcance_de
from organizacion.models import Centro

from .actions import NoSeUnen, son_distintas
from .forms import BuscarForm, UnirForm
from .pares import pares_a_la_vista
from .registros import REGISTROS

A_LA_VISTA = 50


def puede_unir(usuario, registro) -> bool:
    """Quien corrige filas de ese registro; cuáles, lo dice su alcance."""
    return usuario.has_perm(f"directorio.change_{registro.clave}")


def _con_registro(vista):
    """Cambia la clave de la dirección por su ``Registro`` y pregunta si ``request.user`` puede unir en él."""

    @wraps(vista)
    def envuelta(request, que, *args, **kwargs):
        if que not in REGISTROS:
            raise Http404
        if not puede_unir(request.user, REGISTROS[que]):
            raise PermissionDenied
        return vista(request, REGISTROS[que], *args, **kwargs)

    return envuelta


def _dos_filas(usuario, registro, a: int, b: int):
    """Las dos filas, en ese orden, si ``usuario`` puede cambiar ambas y ninguna se unió ya; si no, 404."""
    filas = registro.modelo.objects.propias(usuario).select_related(*registro.relacionadas).in_bulk([a, b])
    if len(filas) != 2:
        raise Http404
    return filas[a], filas[b]


@require_GET
@_con_registro
def repetidas(request, registro):
    centros = Centro.objects.para(request.user)
    # Comparar a todo el país entre sí tarda más de lo que espera un navegador.
    uno_por_vez = alcance_de(request.user, f"directorio.change_{registro.clave}").nacional and len(centros) > 1
    form = BuscarForm({**request.GET.dict(), "que": registro.clave}, centros=centros, uno_por_vez=uno_por_vez)
    centro = form.cleaned_data.get("centro") if form.is_valid() else None
    contexto = {"registro": registro, "registros": REGISTROS.values(), "form": form, "centro": centro}
    if centro or not uno_por_vez:
        filas = getattr(registro.modelo.objects.propias(request.user), registro.vivas)()
        filas = filas.filter(**{registro.centro: centro}) if centro else filas
        contexto |= pares_a_la_vista(registro, filas, A_LA_VISTA)
    return render(request, "directorio/duplicados/lista.html", contexto)


def _volver_a_la_lista(registro, fila) -> str:
    """La lista del centro de ``fila``: quien alcanza a varios sigue en el que estaba revisando."""
    centro = registro.centro_de(fila)
    return reverse("repetidas", args=[registro.clave]) + (f"?centro={centro}" if centro else "")


@require_http_methods(["GET", "POST"])
@_con_registro
def comparar(request, registro, a, b):
    """``a`` es la que se queda; la página ofrece darles la vuelta."""
    fila_a, fila_b = _dos_filas(request.user, registro, a, b)
    form = UnirForm(request.POST or None, a=fila_a, b=fila_b, campos=registro.campos)
    if request.method == "POST" and form.is_valid():
        datos = {"se_queda": fila_a, registro.absorbida: fila_b, "de_la_otra": form.de_la_otra}
        try:
            registro.unir(**datos, motivo=form.cleaned_data["motivo"], por=request.user, request=request)
        except NoSeUnen as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Quedó una sola fila: {fila_a}. Lo de la otra está en su historia.")
            return redirect(registro.ficha, fila_a.pk)
    contexto = {"registro": registro, "form": form, "a": fila_a, "b": fila_b}
    contexto["volver"] = _volver_a_la_lista(registro, fila_a)
    return render(request, "directorio/duplicados/comparar.html", contexto)


@require_http_methods(["POST"])
@_con_registro
def distintas(request, registro, a, b):
    fila, _ = _dos_filas(request.user, registro, a, b)
    son_distintas(registro=registro.clave, una=a, otra=b, por=request.user, request=request)
    messages.success(request, "Anotado: no son la misma. No se volverán a proponer.")
    return redirect(_volver_a_la_lista(registro, fila))
