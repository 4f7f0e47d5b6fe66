"""El panel de una capacitación: en qué está, qué sigue y sus cifras; publicarla y cancelarla."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from custodia.models import Huella
from eventos import permissions
from eventos.actions import capacitacion as acciones
from eventos.actions.cancelacion import cancelar as dar_por_cancelada
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.programacion import CancelarForm
from eventos.intranet.panel import Estado, Mirada, pasos_de, que_sigue
from eventos.intranet.panel.paso import cuantos
from eventos.models import Llamada

HUELLAS = 8


@con_capacitacion(permissions.puede_ver_capacitaciones)
def panel(request, capacitacion):
    mirada = Mirada(capacitacion, request.user)
    pasos = pasos_de(mirada)
    contexto = {
        "capacitacion": capacitacion,
        "puede_editar": permissions.puede_editar_capacitacion(request.user, capacitacion),
        "pasos": pasos,
        "sigue": que_sigue(pasos),
        "atrasados": [paso for paso in pasos if paso.estado == Estado.ATRASADO],
        "cifras": mirada.cifras,
        "confirmadas": mirada.confirmadas,
        "huellas": Huella.objects.filter(modelo="eventos.capacitacion", objeto=str(capacitacion.pk))[:HUELLAS],
    }
    return render(request, "eventos/intranet/panel.html", contexto)


@require_POST
@con_capacitacion(permissions.puede_ver_capacitaciones)
def publicar(request, capacitacion):
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    try:
        acciones.publicar(capacitacion=capacitacion, por=request.user)
    except acciones.NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Publicada: ya figura en el calendario y recibe inscripciones.")
    return redirect("eventos_intranet:panel", capacitacion.pk)


@con_capacitacion(permissions.puede_ver_capacitaciones)
def cancelar(request, capacitacion):
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    form = CancelarForm(request.POST or None)
    if form.is_valid():
        try:
            dar_por_cancelada(capacitacion=capacitacion, por=request.user, **form.cleaned_data)
        except acciones.NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _cancelada(capacitacion))
            return redirect("eventos_intranet:panel", capacitacion.pk)
    vigentes = capacitacion.inscripciones.vigentes()
    contexto = {"capacitacion": capacitacion, "form": form, "avisadas": vigentes.exclude(correo="").count()}
    contexto["por_llamar"] = vigentes.filter(correo="").count()
    return render(request, "eventos/intranet/cancelar.html", contexto)


def _cancelada(capacitacion) -> str:
    por_llamar = capacitacion.llamadas.filter(asunto=Llamada.Asunto.CANCELACION).pendientes().count()
    llamar = f" {cuantos(por_llamar, 'persona no dio', 'personas no dieron')} correo: llámelas." if por_llamar else ""
    return f"Cancelada. El aviso a las personas inscritas está en la bandeja de salida.{llamar}"
