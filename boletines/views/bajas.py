"""Dejar de recibir: el enlace muestra la página y solo el POST actúa; el de un clic es el de RFC 8058.

Sin CSRF: el propio enlace firmado prueba quién es, y el programa de correo lo llama sin cookies.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from boletines.actions import bajas as actions
from boletines.enlaces import EnlaceInvalido, oficial_por_dar_de_baja, suscriptor_por_dar_de_baja

from .preferencias import mostrar_preferencias

PUBLICOS = ["GET", "HEAD", "POST"]


@never_cache
@csrf_exempt
@require_http_methods(PUBLICOS)
def dar_de_baja(request, token):
    try:
        suscriptor = suscriptor_por_dar_de_baja(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if request.method != "POST":
        return mostrar_preferencias(request, suscriptor, quiere_irse=True)
    if es_baja_de_un_clic(request):
        return por_un_clic(request, suscriptor)
    actions.dar_de_baja(suscriptor=suscriptor, entrega=entrega_de(request))
    return redirect("boletines:listo", que="baja")


@never_cache
@csrf_exempt
@require_http_methods(PUBLICOS)
def dar_de_baja_oficial(request, token):
    try:
        oficial = oficial_por_dar_de_baja(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if request.method != "POST":
        return render(request, "boletines/baja_oficial.html", {"oficial": oficial})
    actions.dar_de_baja_oficial(oficial=oficial, entrega=entrega_de(request))
    if es_baja_de_un_clic(request):
        return _dado_de_baja()
    return redirect("boletines:listo", que="baja")


def es_baja_de_un_clic(request) -> bool:
    return request.method == "POST" and request.POST.get("List-Unsubscribe") == "One-Click"


def por_un_clic(request, suscriptor) -> HttpResponse:
    actions.dar_de_baja(suscriptor=suscriptor, entrega=entrega_de(request))
    return _dado_de_baja()


def entrega_de(request) -> int | None:
    """La entrega que dice el enlace (``?e=``); lo que no sea una llave no cuenta y no impide la baja."""
    texto = request.GET.get("e", "")
    return int(texto) if texto.isascii() and texto.isdecimal() and len(texto) < 19 else None


def _dado_de_baja() -> HttpResponse:
    # Sin redirigir: quien llama es un programa y no sigue enlaces (RFC 8058).
    return HttpResponse("Dado de baja.", content_type="text/plain; charset=utf-8")
