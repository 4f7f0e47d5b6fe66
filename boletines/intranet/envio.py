"""Revisar, probar y enviar una edición."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from boletines.actions import envio as actions
from boletines.mensaje import componer_boletin, revisar
from boletines.models import BoletinPage, Suscriptor
from boletines.permissions import puede_enviar_boletines


def _boletin_por_enviar(request, pk) -> BoletinPage:
    if not puede_enviar_boletines(request.user):
        raise PermissionDenied
    return get_object_or_404(BoletinPage, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def enviar(request, pk):
    boletin = _boletin_por_enviar(request, pk)
    envio = actions.envio_de(boletin)
    if request.method == "POST" and boletin.live:
        aviso = "Esta edición ya se había enviado." if envio else "La edición está en la bandeja de salida."
        envio = actions.enviar_boletin(boletin=boletin, por=request.user, request=request)
        messages.success(request, aviso)
        return redirect("correo_envio_detalle", envio.pk)
    contexto = {"boletin": boletin, "envio": envio, "suscriptores": Suscriptor.objects.confirmados().count()}
    if boletin.live:
        mensaje = componer_boletin(boletin)
        # La vista previa toma las imágenes de donde se abrió la intranet, que puede no ser la dirección pública.
        vista = mensaje.html.replace(f'src="{settings.URL_DEL_SITIO}/', 'src="/')
        contexto |= {"mensaje": mensaje, "vista": vista, "comprobaciones": revisar(boletin, mensaje)}
    return render(request, "boletines/intranet/enviar.html", contexto)


@require_POST
def probar(request, pk):
    boletin = _boletin_por_enviar(request, pk)
    try:
        actions.probar_boletin(boletin=boletin, por=request.user)
    except actions.BoletinSinPublicar:
        messages.error(request, "Publique la edición antes de probarla.")
    except actions.CuentaSinCorreo:
        messages.error(request, "Su cuenta no tiene correo: póngalo en «Mi cuenta» y vuelva a probar.")
    else:
        messages.success(request, f"Le enviamos la prueba a {request.user.email}.")
    return redirect("boletin_enviar", boletin.pk)
