"""Cancelar o mover a la vez las capacitaciones de un centro: elegir, revisar y confirmar."""

from django.shortcuts import redirect, render
from django.urls import reverse
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.bloque import cancelar_en_bloque, mover_en_bloque, repartir
from eventos.intranet.acceso import con_aviso_de_permiso, exigir
from eventos.intranet.bloque import elegibles, si_se_cancelan, si_se_mueven
from eventos.intranet.forms.bloque import CANCELAR, TOPE, BloqueForm, BuscarForm
from eventos.intranet.llamadas import url_de_llamadas
from eventos.intranet.panel.paso import cuantos
from eventos.models import Llamada

LLAMADAS_QUE_SE_ENLAZAN = 3


@con_aviso_de_permiso
def en_bloque(request):
    """El GET lista las del centro; el primer POST muestra qué pasaría y el segundo, con «confirmar», lo hace."""
    exigir(permissions.puede_cambiar_en_bloque(request.user))
    busqueda = BuscarForm(request.POST if request.method == "POST" else request.GET, usuario=request.user)
    filas = elegibles(request.user, **busqueda.cleaned_data)[:TOPE] if busqueda.is_valid() else []
    form = BloqueForm(request.POST if request.method == "POST" else None, elegibles=filas)
    if form.is_valid() and "volver" not in request.POST:
        if "confirmar" in request.POST:
            return _hacer(request, busqueda, form)
        return _revisar(request, busqueda, form)
    contexto = {"busqueda": busqueda, "form": form, "capacitaciones": filas}
    contexto["muestra_errores"] = "volver" not in request.POST
    return render(request, "eventos/intranet/bloque.html", contexto)


def _revisar(request, busqueda, form):
    datos = form.cleaned_data
    elegidas = [form.elegibles[llave] for llave in form.elegidas]
    cancela = datos["accion"] == CANCELAR
    renglones = si_se_cancelan(elegidas, datos["motivo"]) if cancela else si_se_mueven(elegidas, datos["dias"])
    se_puede = [renglon.capacitacion for renglon in renglones if not renglon.impedimento]
    reparto = repartir(se_puede)
    contexto = {
        "busqueda": busqueda,
        "form": form,
        "cancela": cancela,
        "renglones": renglones,
        "cuantas": len(se_puede),
        "con_correo": reparto.con_correo,
        "por_llamar": len(reparto.sin_correo),
        "motivo": dict(form.fields["motivo"].choices)[datos["motivo"]],
    }
    return render(request, "eventos/intranet/bloque_revisar.html", contexto)


def _hacer(request, busqueda, form):
    datos = form.cleaned_data
    comunes = {"elegidas": form.elegidas, "motivo": datos["motivo"], "por": request.user}
    if datos["accion"] == CANCELAR:
        resultado = cancelar_en_bloque(**comunes, detalle=datos["detalle"])
        asunto, hecho = Llamada.Asunto.CANCELACION, ("capacitación cancelada", "capacitaciones canceladas")
    else:
        resultado = mover_en_bloque(**comunes, dias=datos["dias"])
        asunto, hecho = Llamada.Asunto.CAMBIO, ("capacitación movida", "capacitaciones movidas")
    _contarlo(request, resultado, cuantos(len(resultado.hechas), *hecho), asunto)
    vuelta = {nombre: busqueda[nombre].value() for nombre in busqueda.fields}
    return redirect(reverse("eventos_intranet:en-bloque", query=vuelta))


def _contarlo(request, resultado, hecho, asunto):
    avisadas = cuantos(resultado.avisadas, "persona recibirá un correo", "personas recibirán un correo")
    texto = f"{hecho.capitalize()}. {avisadas}, uno solo cada una."
    botones = []
    if resultado.por_llamar:
        texto += f" {cuantos(resultado.por_llamar, 'no dio correo', 'no dieron correo')}: hay que llamar."
        con_llamadas = [c for c in resultado.hechas if c.llamadas.pendientes().filter(asunto=asunto).exists()]
        primeras = con_llamadas[:LLAMADAS_QUE_SE_ENLAZAN]
        botones = [messages.button(url_de_llamadas(c), f"Llamadas: {c}") for c in primeras]
    if resultado.hechas:
        messages.success(request, texto, buttons=botones)
    for capacitacion, por_que in resultado.rechazadas:
        messages.warning(request, f"{capacitacion}: no se tocó. {por_que}")
