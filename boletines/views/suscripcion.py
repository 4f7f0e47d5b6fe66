"""Suscribirse, confirmar y darse de baja. Abrir un enlace (GET) no cambia nada: solo el botón (POST) actúa."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from boletines.actions import suscripcion as actions
from boletines.enlaces import (
    DIAS_PARA_CONFIRMAR,
    EnlaceInvalido,
    EnlaceVencido,
    suscriptor_por_confirmar,
    suscriptor_por_dar_de_baja,
)
from boletines.forms import SuscripcionForm
from comun.antiabuso import Tope, frenado, navegador_de, texto_de_freno

FINALES = {
    "confirmado": ("Suscripción confirmada", "Desde la próxima edición recibirá el boletín en su correo."),
    "baja": ("Ya no recibirá el boletín", "Retiramos su correo de la lista. Puede volver a suscribirse cuando quiera."),
}
POR_NAVEGADOR = Tope("suscripcion:navegador", 30)
POR_CORREO = Tope("suscripcion:correo", 10)
PUBLICOS = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PUBLICOS)
def suscribir(request):
    """Responde lo mismo si el correo es nuevo o si ya estaba."""
    form = SuscripcionForm(request.POST if request.method == "POST" else None)
    demasiados = form.is_valid() and _demasiados(request, form)
    if form.is_valid() and not demasiados:
        datos = {nombre: form.cleaned_data[nombre] for nombre in ("correo", "nombre", "centro")}
        actions.suscribir(**datos, request=request)
        return redirect("boletines:revise-su-correo")
    return render(request, "boletines/suscripcion_form.html", {"form": form}, status=429 if demasiados else 200)


def _demasiados(request, form) -> bool:
    """Si pasó un tope; el formulario lo dice."""
    datos = form.cleaned_data
    paso = [
        frenado(request, POR_NAVEGADOR, navegador_de(request)),
        frenado(request, POR_CORREO, datos["correo"]),
    ]
    if any(paso):
        form.add_error(None, texto_de_freno(datos["centro"]))
    return any(paso)


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
        actions.confirmar(suscriptor=suscriptor)
        return redirect("boletines:listo", que="confirmado")
    return render(request, "boletines/suscripcion_confirmar.html", {"suscriptor": suscriptor})


@never_cache
@csrf_exempt
@require_http_methods(PUBLICOS)
def dar_de_baja(request, token):
    """Sin CSRF: el propio enlace firmado prueba quién es, y el programa de correo lo llama sin cookies (RFC 8058)."""
    try:
        suscriptor = suscriptor_por_dar_de_baja(token)
    except EnlaceInvalido:
        return render(request, "boletines/enlace_invalido.html", status=404)
    if request.method != "POST":
        return render(request, "boletines/suscripcion_baja.html", {"suscriptor": suscriptor})
    actions.dar_de_baja(suscriptor=suscriptor)
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return HttpResponse("Dado de baja.", content_type="text/plain; charset=utf-8")
    return redirect("boletines:listo", que="baja")


@require_safe
def listo(request, que):
    if que not in FINALES:
        raise Http404
    titulo, texto = FINALES[que]
    return render(request, "boletines/suscripcion_lista.html", {"titulo": titulo, "texto": texto, "que": que})
