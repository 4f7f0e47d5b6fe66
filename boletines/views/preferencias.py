"""Cambiar lo que uno recibe con el enlace que llega en cada correo. Abrirlo (GET) no cambia nada."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boletines.actions import preferencias as actions
from boletines.enlaces import (
    EnlaceInvalido,
    ruta_de,
    suscriptor_por_preferencias,
    url_baja,
    url_pausa,
    url_preferencias,
)
from boletines.forms import PausaForm, PedirPreferenciasForm, PreferenciasForm
from boletines.models import Suscriptor

from .topes import pasa_de_los_topes

PUBLICOS = ["GET", "HEAD", "POST"]


@never_cache
@csrf_exempt  # el enlace firmado prueba quién es
@require_http_methods(PUBLICOS)
def preferencias(request, token):
    try:
        suscriptor = suscriptor_por_preferencias(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if request.method != "POST":
        return mostrar_preferencias(request, suscriptor)
    form = PreferenciasForm(request.POST, instance=suscriptor)
    if not form.is_valid():
        return mostrar_preferencias(request, Suscriptor.objects.get(pk=suscriptor.pk), form=form)
    try:
        actions.cambiar(suscriptor=suscriptor, **form.eleccion)
    except actions.SinConfirmar:
        return redirect("boletines:suscribir")
    return redirect("boletines:listo", que="guardado")


@csrf_exempt
@require_POST
def pausar(request, token):
    try:
        suscriptor = suscriptor_por_preferencias(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    form = PausaForm(request.POST)
    if not form.is_valid():
        return mostrar_preferencias(request, suscriptor, pausa=form)
    try:
        suscriptor = actions.pausar(suscriptor=suscriptor, dias=form.cleaned_data["dias"])
    except actions.SinConfirmar:
        return redirect("boletines:suscribir")
    return redirect("boletines:listo", que="en-pausa" if suscriptor.esta_en_pausa else "sin-pausa")


def mostrar_preferencias(request, suscriptor, *, form=None, pausa=None, quiere_irse=False):
    """La página de quien abre su enlace; con ``quiere_irse`` lo primero es el botón de baja."""
    contexto = {
        "suscriptor": suscriptor,
        "form": form or PreferenciasForm(instance=suscriptor),
        "pausa": pausa or PausaForm(),
        "quiere_irse": quiere_irse,
        "url_guardar": ruta_de(url_preferencias(suscriptor)),
        "url_pausa": ruta_de(url_pausa(suscriptor)),
        "url_baja": request.get_full_path() if quiere_irse else ruta_de(url_baja(suscriptor)),
    }
    return render(request, "boletines/preferencias.html", contexto)


@never_cache
@require_http_methods(PUBLICOS)
def pedir(request):
    """Responde lo mismo si ese correo está suscrito o no."""
    form = PedirPreferenciasForm(request.POST if request.method == "POST" else None)
    demasiados = form.is_valid() and pasa_de_los_topes(request, form)
    if form.is_valid() and not demasiados:
        actions.pedir_enlace(correo=form.cleaned_data["correo"])
        return redirect("boletines:preferencias-pedidas")
    return render(request, "boletines/preferencias_pedir.html", {"form": form}, status=429 if demasiados else 200)


@require_safe
def pedidas(request):
    return render(request, "boletines/preferencias_pedidas.html")
