"""Cómo se verá la edición de cada centro en la web, en el correo, en texto y en PDF; también en borrador."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from boletines.mensaje import componer_boletin, revisar
from boletines.models import BoletinPage
from boletines.pdf import pdf_de
from boletines.permissions import puede_aprobar, puede_editar, puede_ver_borradores, puede_ver_edicion
from comun.pdf import respuesta_pdf
from organizacion.models import Centro

from .envio import para_ver

MEDIOS = (("web", "Web"), ("correo", "Correo"), ("texto", "Texto"), ("pdf", "PDF"))
ANCHOS = (("360", "Teléfono"), ("600", "Tableta"), ("", "Todo el ancho"))


@dataclass(frozen=True)
class Pedido:
    boletin: BoletinPage
    centro: Centro | None
    centros: list[Centro]


def _leer(request, pk) -> Pedido:
    """La edición pedida, en su último borrador si puede verlo, y el centro de la dirección, si atiende."""
    boletin = get_object_or_404(BoletinPage, pk=pk)
    if not puede_ver_edicion(request.user, boletin):
        raise PermissionDenied
    if puede_ver_borradores(request.user):
        boletin = boletin.get_latest_revision_as_object()
    centros = list(Centro.objects.activos())
    elegido = next((centro for centro in centros if centro.slug == request.GET.get("centro")), None)
    return Pedido(boletin, elegido, centros)


@require_safe
def previa(request, pk):
    pedido = _leer(request, pk)
    medio = _elegido(request.GET.get("medio"), MEDIOS)
    contexto = {
        "boletin": pedido.boletin,
        "centro": pedido.centro,
        "centros": pedido.centros,
        "medios": MEDIOS,
        "medio": medio,
        "anchos": ANCHOS,
        "ancho": _elegido(request.GET.get("ancho"), ANCHOS, "600"),
        "puede_editar": puede_editar(request.user, pedido.boletin),
        "puede_aprobar": puede_aprobar(request.user, pedido.boletin),
    }
    if medio in ("correo", "texto"):
        mensaje = componer_boletin(pedido.boletin, pedido.centro)
        comprobaciones = revisar(pedido.boletin, mensaje)
        contexto |= {"mensaje": mensaje, "vista": para_ver(mensaje.html), "comprobaciones": comprobaciones}
    return render(request, "boletines/intranet/previa.html", contexto)


def _elegido(valor, opciones, por_defecto="web") -> str:
    return valor if valor in dict(opciones) else por_defecto


@require_safe
def pagina(request, pk):
    """La página pública tal cual, para el marco de la vista previa."""
    pedido = _leer(request, pk)
    modo = f"{pedido.centro.slug}/" if pedido.centro else ""
    respuesta = pedido.boletin.make_preview_request(request, modo)
    respuesta["X-Frame-Options"] = "SAMEORIGIN"  # el pedido interior ya puso la del sitio
    return respuesta


@require_safe
@xframe_options_sameorigin
def pdf(request, pk):
    pedido = _leer(request, pk)
    de_quien = f"-{pedido.centro.slug}" if pedido.centro else ""
    return respuesta_pdf(pdf_de(pedido.boletin, pedido.centro), f"boletin-{pedido.boletin.slug}{de_quien}.pdf")
