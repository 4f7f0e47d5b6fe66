"""La lista de logística (R73): se marca de un toque desde el teléfono y cada tarea dice de quién depende."""

from functools import wraps

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from eventos import permissions
from eventos.actions import logistica as acciones
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.logistica import MarcaForm, TareaForm
from eventos.logistica import logistica_de
from eventos.models import TareaLogistica

_TAREAS = TareaLogistica.objects.select_related("capacitacion__centro")


def _con_tarea(vista):
    @con_fila(_TAREAS, permissions.puede_ver_logistica)
    @wraps(vista)
    def envuelta(request, tarea):
        exigir(permissions.puede_llevar_logistica(request.user, tarea.capacitacion))
        return vista(request, tarea)

    return envuelta


@con_capacitacion(permissions.puede_ver_logistica)
def lista(request, capacitacion):
    return _mostrar(request, capacitacion, _nueva(capacitacion))


def _nueva(capacitacion, datos=None):
    tarea = TareaLogistica(
        capacitacion=capacitacion, rubro=TareaLogistica.Rubro.OTRO, para_el=acciones.limite_de(capacitacion)
    )
    return TareaForm(datos, instance=tarea, prefix="nueva")


def _mostrar(request, capacitacion, nueva):
    contexto = {
        "capacitacion": capacitacion,
        "logistica": logistica_de(capacitacion),
        "limite": acciones.limite_de(capacitacion),
        "estados": TareaLogistica.Estado,
        "nueva": nueva,
        "puede_llevar": permissions.puede_llevar_logistica(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/logistica.html", contexto)


def _intentar(request, accion, **datos) -> bool:
    try:
        accion(por=request.user, **datos)
    except NoProcede as error:
        messages.error(request, str(error))
        return False
    return True


def _volver(capacitacion_pk, tarea_pk=None):
    ancla = f"#tarea-{tarea_pk}" if tarea_pk else ""
    return redirect(reverse("eventos_intranet:logistica", args=[capacitacion_pk]) + ancla)


@require_POST
@con_capacitacion(permissions.puede_ver_logistica)
def proponer(request, capacitacion):
    exigir(permissions.puede_llevar_logistica(request.user, capacitacion))
    _intentar(request, acciones.proponer_lista, capacitacion=capacitacion)
    return _volver(capacitacion.pk)


@require_POST
@con_capacitacion(permissions.puede_ver_logistica)
def agregar(request, capacitacion):
    exigir(permissions.puede_llevar_logistica(request.user, capacitacion))
    nueva = _nueva(capacitacion, request.POST)
    if not nueva.is_valid():
        return _mostrar(request, capacitacion, nueva)
    if _intentar(request, acciones.guardar_tarea, tarea=nueva.save(commit=False)):
        messages.success(request, f"Se agregó «{nueva.instance}».")
    return _volver(capacitacion.pk, nueva.instance.pk)


@require_POST
@_con_tarea
def marcar(request, tarea):
    form = MarcaForm(request.POST)
    if form.is_valid():
        _intentar(request, acciones.marcar_tarea, tarea=tarea, estado=form.cleaned_data["estado"])
    else:
        messages.error(request, "No se entendió la marca: elija «Listo», «Pendiente» o «No aplica».")
    return _volver(tarea.capacitacion_id, tarea.pk)


@_con_tarea
def editar(request, tarea):
    form = TareaForm(request.POST or None, instance=tarea)
    if form.is_valid() and _intentar(request, acciones.guardar_tarea, tarea=form.save(commit=False)):
        messages.success(request, f"Se guardó «{tarea}».")
        return _volver(tarea.capacitacion_id, tarea.pk)
    contexto = {"capacitacion": tarea.capacitacion, "tarea": tarea, "form": form}
    return render(request, "eventos/intranet/tarea_form.html", contexto)


@require_POST
@_con_tarea
def quitar(request, tarea):
    if _intentar(request, acciones.quitar_tarea, tarea=tarea):
        messages.success(request, "Se quitó de la lista.")
    return _volver(tarea.capacitacion_id)
