"""Suscribirse y confirmar. Abrir un enlace (GET) no cambia nada: solo el botón (POST) actúa."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from boletines.actions import suscripcion as actions
from boletines.enlaces import (
    DIAS_PARA_CONFIRMAR,
    EnlaceInvalido,
    EnlaceVencido,
    ruta_de,
    suscriptor_por_confirmar,
    suscriptor_por_invitacion,
    url_baja,
    url_preferencias,
)
from boletines.forms import InvitacionForm, SuscripcionForm
from boletines.models import Suscriptor

from .bajas import es_baja_de_un_clic, por_un_clic
from .topes import pasa_de_los_topes

FINALES = {
    "confirmado": ("Suscripción confirmada", "Desde ahora recibirá en su correo lo que eligió."),
    "cerrado": (
        "No podemos escribir a ese correo",
        "Nuestros mensajes volvieron o se marcaron como no deseados. Use otra dirección o llame a su centro.",
    ),
    "baja": ("Ya no le escribiremos", "Retiramos su correo de la lista. Puede volver a suscribirse cuando quiera."),
    "guardado": ("Guardamos sus preferencias", "Valen desde el próximo envío."),
    "en-pausa": ("Su suscripción está en pausa", "Al terminar la pausa volverá a recibir lo que eligió."),
    "sin-pausa": ("La pausa terminó", "Desde ahora vuelve a recibir lo que eligió."),
}
PUBLICOS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PUBLICOS)
def suscribir(request):
    """Responde lo mismo si el correo es nuevo o si ya estaba."""
    form = SuscripcionForm(request.POST if request.method == "POST" else None)
    demasiados = form.is_valid() and pasa_de_los_topes(request, form, form.cleaned_data["centro"])
    if form.is_valid() and not demasiados:
        actions.suscribir(correo=form.cleaned_data["correo"], **form.eleccion, request=request)
        return redirect("boletines:revise-su-correo")
    return render(request, "boletines/suscripcion_form.html", {"form": form}, status=429 if demasiados else 200)


@require_safe
def revise_su_correo(request):
    return render(request, "boletines/suscripcion_revise.html", {"dias": DIAS_PARA_CONFIRMAR})


@never_cache
@require_http_methods(PUBLICOS)
def confirmar(request, token):
    try:
        suscriptor = suscriptor_por_confirmar(token)
    except EnlaceVencido:
        return render(request, "boletines/enlace_vencido.html", {"dias": DIAS_PARA_CONFIRMAR}, status=410)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if request.method == "POST":
        suscriptor = actions.confirmar(suscriptor=suscriptor)
        return redirect("boletines:listo", que=_como_quedo(suscriptor))
    return render(request, "boletines/suscripcion_confirmar.html", {"suscriptor": suscriptor})


def _como_quedo(suscriptor: Suscriptor) -> str:
    return "confirmado" if suscriptor.estado == Suscriptor.Estado.CONFIRMADO else "cerrado"


@never_cache
@csrf_exempt
@require_http_methods(PUBLICOS)
def invitacion(request, token):
    """La única vez que se invita a quien estaba en una lista: acepta, o dice que no quiere nada."""
    try:
        suscriptor = suscriptor_por_invitacion(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if es_baja_de_un_clic(request):
        return por_un_clic(request, suscriptor)
    if suscriptor.estado != Suscriptor.Estado.INVITADO:
        confirmado = suscriptor.estado == Suscriptor.Estado.CONFIRMADO
        return redirect(ruta_de(url_preferencias(suscriptor))) if confirmado else redirect("boletines:suscribir")
    form = InvitacionForm(request.POST if request.method == "POST" else None, instance=suscriptor)
    if request.method == "POST" and form.is_valid():
        suscriptor = actions.aceptar_invitacion(suscriptor=suscriptor, **form.eleccion, request=request)
        return redirect("boletines:listo", que=_como_quedo(suscriptor))
    contexto = {"form": form, "suscriptor": suscriptor, "url_baja": ruta_de(url_baja(suscriptor))}
    return render(request, "boletines/invitacion.html", contexto)


@require_safe
def listo(request, que):
    if que not in FINALES:
        raise Http404
    titulo, texto = FINALES[que]
    return render(request, "boletines/suscripcion_lista.html", {"titulo": titulo, "texto": texto, "que": que})
