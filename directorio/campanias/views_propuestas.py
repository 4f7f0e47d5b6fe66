"""Lo que las entidades propusieron por su enlace, para aceptarlo o rechazarlo con un toque (R114)."""

import datetime as dt
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directorio.models import Propuesta
from organizacion.models import Sistema

from .forms import AceptarForm
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
DIAS_A_LA_VISTA, RESUELTAS = 30, 50
ROTULOS = {"telefono": "Teléfono", "direccion": "Dirección", "ruc": "RUC"}


def rotulo_de(propuesta: Propuesta) -> str:
    """«Teléfono», «Persona nueva»."""
    if propuesta.clase != Propuesta.Clase.CAMBIO:
        return propuesta.get_clase_display()
    return ROTULOS.get(propuesta.campo, propuesta.campo.capitalize())


@permission_required("directorio.view_propuesta")
def propuestas(request):
    """Las de su parte; a quien coordina, las de todo su centro. Por entidad, la más antigua primero."""
    filas = Propuesta.objects.propias(request.user).pendientes().con_lo_suyo().order_by("pedido", "pk")
    suyas = las_que_resuelve(request.user, filas[: MAXIMO * 5])[:MAXIMO]
    sistemas = dict(Sistema.objects.values_list("pk", "nombre"))
    for fila in suyas:
        fila.fecha, fila.escrita = pide_fecha(fila) and fecha_de(fila), fecha_escrita(fila)
        fila.hoy, fila.rotulo = valor_de_hoy(fila), rotulo_de(fila)
        fila.de_sistemas = ", ".join(sistemas[llave] for llave in fila.datos.get("sistemas", []) if llave in sistemas)
    contexto = {
        "grupos": [(pedido, list(grupo)) for pedido, grupo in groupby(suyas, lambda fila: fila.pedido)],
        "resueltas": _resueltas(request.user),
        "dias": DIAS_A_LA_VISTA,
    }
    return render(request, "directorio/campanias/propuestas.html", contexto)


def _resueltas(usuario) -> list[Propuesta]:
    desde = timezone.now() - dt.timedelta(days=DIAS_A_LA_VISTA)
    filas = Propuesta.objects.propias(usuario).resueltas(desde).con_lo_suyo().select_related("resuelta_por")
    filas = las_que_resuelve(usuario, filas[:MAXIMO])[:RESUELTAS]
    for fila in filas:
        fila.rotulo = rotulo_de(fila)
    return filas


@require_POST
@permission_required("directorio.change_propuesta")
def resolver(request, pk):
    """``decision``: «aceptar», «rechazar» o «aceptar-todo», que acepta las de la página que llegaron por su enlace."""
    filas = Propuesta.objects.propias(request.user).con_lo_suyo()
    propuesta = get_object_or_404(filas, pk=pk)
    if not puede_resolver(request.user, propuesta):
        raise PermissionDenied
    decision = request.POST.get("decision")
    if decision == "aceptar-todo":
        aceptadas = sum(_decidir(request, una, _aceptar) for una in _las_mostradas(request, filas, propuesta.pedido_id))
        if aceptadas:
            messages.success(request, f"{propuesta.entidad}: {aceptadas} aceptadas; el directorio ya cambió.")
    elif decision == "aceptar":
        if _decidir(request, propuesta, _aceptar):
            messages.success(request, f"{propuesta}: aceptada; el directorio ya cambió.")
    elif decision == "rechazar":
        if _decidir(request, propuesta, _rechazar):
            messages.success(request, f"{propuesta}: rechazada; el directorio sigue igual.")
    else:
        messages.warning(request, "No se decidió nada: pulse «Aceptar» o «Rechazar».")
    return redirect("directorio_propuestas")


def _las_mostradas(request, filas, pedido: int) -> list[Propuesta]:
    """Las pendientes que esa persona tenía a la vista; primero, quienes se van, y así nadie coincide en un cargo."""
    suyas = las_que_resuelve(request.user, filas.pendientes().filter(pedido=pedido))
    mostradas = [una for una in suyas if f"{una.pk}-visto" in request.POST]
    return sorted(mostradas, key=lambda una: una.clase != Propuesta.Clase.BAJA)


def _decidir(request, propuesta, hacer) -> bool:
    """Si se pudo; si no, dice por qué y sigue pendiente."""
    try:
        hacer(request, propuesta)
    except NoSeAplica as error:
        messages.error(request, f"{propuesta}: {error}")
        return False
    return True


def _rechazar(request, propuesta):
    rechazar(propuesta=propuesta, por=request.user, request=request)


def _aceptar(request, propuesta):
    form = AceptarForm(request.POST, prefix=str(propuesta.pk))
    if not form.is_valid():
        raise NoSeAplica(" ".join(mensaje for mensajes in form.errors.values() for mensaje in mensajes))
    aceptar(propuesta=propuesta, **form.cleaned_data, por=request.user, request=request)
    if juntos := juntos_en_el_cargo(propuesta):
        quienes = " y ".join(f"{una.nombres} {una.apellidos}" for una in juntos)
        figuran = f"{propuesta.entidad}: {quienes} figuran a la vez como {juntos[0].cargo}."
        messages.warning(request, f"{figuran} Revise hasta cuándo está cada quien.")
