"""Las pantallas del personal: las ediciones y su envío, y la baja de un suscriptor a su pedido."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boletines import actions
from boletines.mensaje import componer_boletin, revisar
from boletines.models import BoletinesIndexPage, BoletinPage, ComunicadosIndexPage, Suscriptor
from boletines.permissions import (
    puede_dar_de_baja,
    puede_editar,
    puede_enviar_boletines,
    puede_ver_ediciones,
)
from correo.avance import avances
from correo.models import Envio

POR_PAGINA = 24


@require_safe
def ediciones(request):
    """Todas las ediciones con su estado: borrador, publicada o enviada (cuántas de cuántas)."""
    if not puede_ver_ediciones(request.user):
        raise PermissionDenied
    todas = BoletinPage.objects.order_by("-anio", "-mes").defer("cuerpo", "texto_busqueda")
    pagina = Paginator(todas, POR_PAGINA).get_page(request.GET.get("p"))
    _poner_envios(pagina.object_list)
    indice = BoletinesIndexPage.objects.first()
    contexto = {
        "pagina": pagina,
        "indice": indice,
        "puede_editar": puede_editar(request.user, indice),
        "puede_enviar": puede_enviar_boletines(request.user),
    }
    return render(request, "boletines/intranet/ediciones.html", contexto)


def _poner_envios(boletines) -> None:
    """A cada edición, su ``envio`` (o ``None``) y su ``avance``, en dos consultas para toda la página."""
    claves = {actions.clave_de(boletin): boletin for boletin in boletines}
    envios = {envio.clave: envio for envio in Envio.objects.filter(clave__in=claves)}
    avance_de = avances(envios.values())
    for clave, boletin in claves.items():
        boletin.envio = envios.get(clave)
        boletin.avance = boletin.envio and avance_de[boletin.envio.pk]


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


@require_safe
def comunicados(request):
    """Los comunicados son páginas: se escriben en el explorador."""
    return redirect("wagtailadmin_explore", get_object_or_404(ComunicadosIndexPage).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def dar_de_baja(request, pk):
    if not puede_dar_de_baja(request.user):
        raise PermissionDenied
    suscriptor = get_object_or_404(Suscriptor.objects.para(request.user), pk=pk)
    if request.method == "POST":
        actions.dar_de_baja(suscriptor=suscriptor, por=request.user, request=request)
        messages.success(request, f"{suscriptor} ya no recibirá el boletín.")
        return redirect("boletines_suscriptor_modeladmin_index")
    return render(request, "boletines/intranet/suscriptor_baja.html", {"suscriptor": suscriptor})
