"""Revisar, probar y difundir: la edición nacional (Comunicaciones) y la de un centro (su coordinador)."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from boletines.actions import envio as actions
from boletines.actions import remision as remisiones
from boletines.mensaje import componer_boletin, revisar
from boletines.models import BoletinPage, Remision, Suscriptor
from boletines.permissions import puede_difundir_edicion, puede_remitir
from correo.actions import CuentaSinCorreo

NADIE = "Nadie ha confirmado su suscripción todavía: no hay a quién enviarla."
SIN_PUBLICAR = "Esta edición ya no está publicada: no se puede difundir."


def _boletin_por_enviar(request, pk) -> BoletinPage:
    if not puede_remitir(request.user):
        raise PermissionDenied
    return get_object_or_404(BoletinPage, pk=pk)


def _remision_por_difundir(request, pk) -> Remision:
    filas = Remision.objects.propias(request.user).select_related("edicion", "centro", "envio")
    remision = get_object_or_404(filas, pk=pk)
    if not puede_difundir_edicion(request.user, remision):
        raise PermissionDenied
    return remision


@require_http_methods(["GET", "HEAD", "POST"])
def enviar(request, pk):
    """La edición nacional, a los suscriptores sin centro."""
    boletin = _boletin_por_enviar(request, pk)
    envio = actions.envio_de(boletin)
    if request.method == "POST":
        return _difundir(request, envio, actions.difundir_nacional, boletin=boletin)
    return _pantalla(request, boletin, envio)


@require_http_methods(["GET", "HEAD", "POST"])
def difundir(request, pk):
    """La edición de un centro, a los suyos: un clic (R110)."""
    remision = _remision_por_difundir(request, pk)
    if request.method == "POST":
        return _difundir(request, remision.envio, remisiones.difundir, remision=remision)
    boletin = get_object_or_404(BoletinPage.objects.del_mes(remision.edicion.anio, remision.edicion.mes))
    return _pantalla(request, boletin, remision.envio, remision)


def _difundir(request, anterior, accion, **de_que):
    try:
        envio = accion(por=request.user, request=request, **de_que)
    except actions.SinSuscriptores:
        messages.error(request, NADIE)
        return redirect(request.path)
    except actions.NoPasaLaRevision as error:
        messages.error(request, f"No se puede enviar así. {error}")
        return redirect(request.path)
    except actions.BoletinSinPublicar:
        messages.error(request, SIN_PUBLICAR)
        return redirect("boletines_ediciones")
    ya = anterior and envio and anterior.pk == envio.pk
    messages.success(request, "Esta edición ya se había enviado." if ya else "La edición está en la bandeja de salida.")
    return redirect("correo_envio_detalle", envio.pk) if envio else redirect("boletines_ediciones")


def _pantalla(request, boletin: BoletinPage, envio, remision: Remision | None = None):
    centro = remision.centro if remision else None
    contexto = {
        "boletin": boletin,
        "remision": remision,
        "centro": centro,
        "envio": envio,
        "suscriptores": Suscriptor.objects.de_la_edicion(centro).count(),
    }
    if boletin.live:
        mensaje = componer_boletin(boletin, centro)
        contexto |= {"mensaje": mensaje, "vista": para_ver(mensaje.html), "comprobaciones": revisar(boletin, mensaje)}
    return render(request, "boletines/intranet/enviar.html", contexto)


def para_ver(html: str) -> str:
    """El correo para la pantalla: toma las imágenes de donde se abrió la intranet, que puede no ser la pública."""
    return html.replace(f'src="{settings.URL_DEL_SITIO}/', 'src="/')


@require_POST
def probar(request, pk):
    boletin = _boletin_por_enviar(request, pk)
    _probar(request, boletin)
    return redirect("boletin_enviar", boletin.pk)


@require_POST
def probar_de_centro(request, pk):
    remision = _remision_por_difundir(request, pk)
    boletin = get_object_or_404(BoletinPage.objects.del_mes(remision.edicion.anio, remision.edicion.mes))
    _probar(request, boletin, remision.centro)
    return redirect("remision_difundir", remision.pk)


def _probar(request, boletin, centro=None):
    try:
        actions.probar_boletin(boletin=boletin, por=request.user, centro=centro)
    except actions.BoletinSinPublicar:
        messages.error(request, "Publique la edición antes de probarla.")
    except CuentaSinCorreo as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Le enviamos la prueba a {request.user.email}.")
