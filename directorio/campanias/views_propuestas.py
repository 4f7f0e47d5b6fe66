"""Lo que las entidades propusieron por su enlace, para aceptarlo o rechazarlo con un toque (R114)."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directorio.models import Propuesta
from organizacion.models import Sistema

from .forms import FechaForm
from .propuestas import (
    NoSeAplica,
    aceptar,
    fecha_de,
    fecha_escrita,
    juntos_en_el_cargo,
    las_que_resuelve,
    pide_fecha,
    puede_resolver,
    rechazar,
    valor_de_hoy,
)

MAXIMO = 200
ROTULOS = {"telefono": "Teléfono", "direccion": "Dirección", "ruc": "RUC"}


@permission_required("directorio.view_propuesta")
def propuestas(request):
    """Las de su parte; a quien coordina, las de todo su centro. Por entidad, la más antigua primero."""
    filas = Propuesta.objects.propias(request.user).pendientes().con_lo_suyo().order_by("pedido", "pk")
    suyas = las_que_resuelve(request.user, filas[: MAXIMO * 5])[:MAXIMO]
    sistemas = dict(Sistema.objects.values_list("pk", "nombre"))
    for fila in suyas:
        fila.fecha, fila.escrita = pide_fecha(fila) and fecha_de(fila), fecha_escrita(fila)
        fila.hoy, fila.rotulo = valor_de_hoy(fila), ROTULOS.get(fila.campo, fila.campo.capitalize())
        fila.de_sistemas = ", ".join(sistemas[llave] for llave in fila.datos.get("sistemas", []) if llave in sistemas)
    grupos = [(pedido, list(grupo)) for pedido, grupo in groupby(suyas, lambda fila: fila.pedido)]
    return render(request, "directorio/campanias/propuestas.html", {"grupos": grupos, "cuantas": len(suyas)})


@require_POST
@permission_required("directorio.change_propuesta")
def resolver(request, pk):
    """``decision``: «aceptar» o «rechazar»; ``visto``, lo que el directorio decía al mirarla; ``fecha``, si se pide."""
    filas = Propuesta.objects.propias(request.user).con_lo_suyo()
    propuesta = get_object_or_404(filas, pk=pk)
    if not puede_resolver(request.user, propuesta):
        raise PermissionDenied
    try:
        if request.POST.get("decision") == "aceptar":
            _aceptar(request, propuesta)
        else:
            rechazar(propuesta=propuesta, por=request.user, request=request)
            messages.success(request, f"{propuesta}: rechazada; el directorio sigue igual.")
    except NoSeAplica as error:
        messages.error(request, str(error))
    return redirect("directorio_propuestas")


def _aceptar(request, propuesta):
    form = FechaForm(request.POST)
    if not form.is_valid():
        raise NoSeAplica(f"{propuesta}: {' '.join(form.errors['fecha'])}")
    visto, fecha = request.POST.get("visto", ""), form.cleaned_data["fecha"]
    aceptar(propuesta=propuesta, visto=visto, fecha=fecha, por=request.user, request=request)
    messages.success(request, f"{propuesta}: aceptada; el directorio ya cambió.")
    if juntos := juntos_en_el_cargo(propuesta):
        quienes = " y ".join(f"{una.nombres} {una.apellidos}" for una in juntos)
        figuran = f"{propuesta.entidad}: {quienes} figuran a la vez como {juntos[0].cargo}."
        messages.warning(request, f"{figuran} Revise hasta cuándo está cada quien.")
