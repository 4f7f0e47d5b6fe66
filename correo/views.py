"""Los envíos en la intranet: la lista, el avance de uno y lo que se puede hacer con él."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from . import actions
from .avance import avance_de, avances
from .models import Entrega, Envio
from .permissions import puede_gobernar_envios, puede_ver_envios

POR_PAGINA = 30
# Más que esto no se lee de una vez: lo que falta se ve al resolver lo primero.
PROBLEMAS_A_LA_VISTA = 100
# Llave que va en la dirección: (texto del enlace, qué envíos).
VISTAS = {
    "masivos": ("Masivos", lambda envios: envios.masivos()),
    "personales": ("Avisos personales", lambda envios: envios.personales()),
    "problemas": ("Con problemas", lambda envios: envios.con_problemas()),
}
SOBRE_ENVIO = {
    "pausar": (actions.pausar, "El envío queda en pausa desde el siguiente lote."),
    "reanudar": (actions.reanudar, "El envío vuelve a la cola."),
    "cancelar": (actions.cancelar, "El envío quedó cancelado; lo que faltaba no sale."),
    "reintentar-fallidas": (actions.reintentar_fallidas, "Las entregas que fallaron vuelven a la cola."),
}
SOBRE_DUDOSA = {
    "reintentar": (actions.reintentar_dudosa, "La entrega vuelve a la cola."),
    "dar-por-enviada": (actions.dar_por_enviada, "La entrega queda como enviada."),
}


@require_GET
def lista(request):
    _exigir(puede_ver_envios(request.user))
    elegida = request.GET.get("ver") if request.GET.get("ver") in VISTAS else "masivos"
    consulta = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    envios = VISTAS[elegida][1](Envio.objects.para(request.user)).que_mencionan(consulta).para_lista()
    pagina = Paginator(envios, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "pagina": pagina,
        "filas": _con_avance(pagina.object_list),
        "vistas": [(llave, texto) for llave, (texto, _) in VISTAS.items()],
        "elegida": elegida,
        "consulta": consulta,
        "rango": pagina.paginator.get_elided_page_range(pagina.number),
        "header_title": "Envíos",
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": "", "label": "Envíos"}],
    }
    return render(request, "correo/envio_list.html", contexto)


def _con_avance(envios) -> list:
    avance_por_envio = avances(envios)
    return [(envio, avance_por_envio[envio.pk]) for envio in envios]


@require_GET
def detalle(request, pk):
    envio = _envio(request, pk)
    contexto = _contexto_de_avance(request, envio) | {
        "header_title": envio.asunto,
        "header_icon": "mail",
        "breadcrumbs_items": [{"url": reverse("correo_envios"), "label": "Envíos"}, {"url": "", "label": "Envío"}],
    }
    return render(request, "correo/envio_detail.html", contexto)


@require_GET
def avance(request, pk):
    """Solo las cifras y los problemas: lo que la pantalla abierta vuelve a pedir cada pocos segundos."""
    return render(request, "correo/_avance.html", _contexto_de_avance(request, _envio(request, pk)))


@require_POST
def actuar_sobre_envio(request, pk, accion):
    envio = _envio(request, pk, por_gobernar=True)
    if accion not in SOBRE_ENVIO:
        raise Http404
    hacer, hecho = SOBRE_ENVIO[accion]
    return _hacer(request, envio, hecho, lambda: hacer(envio=envio, por=request.user))


@require_POST
def decidir_dudosa(request, pk, accion):
    _exigir(puede_gobernar_envios(request.user))
    entrega = get_object_or_404(Entrega.objects.para(request.user).select_related("envio"), pk=pk)
    if accion not in SOBRE_DUDOSA:
        raise Http404
    hacer, hecho = SOBRE_DUDOSA[accion]
    return _hacer(request, entrega.envio, hecho, lambda: hacer(entrega=entrega, por=request.user))


def _exigir(permitido: bool) -> None:
    if not permitido:
        raise PermissionDenied


def _envio(request, pk, *, por_gobernar=False) -> Envio:
    _exigir((puede_gobernar_envios if por_gobernar else puede_ver_envios)(request.user))
    return get_object_or_404(Envio.objects.para(request.user).select_related("centro", "creado_por"), pk=pk)


def _contexto_de_avance(request, envio) -> dict:
    return {
        "envio": envio,
        "avance": avance_de(envio),
        "dudosas": envio.entregas.dudosas().order_by("pk")[:PROBLEMAS_A_LA_VISTA],
        "destinatarios": [] if envio.es_masivo else envio.entregas.order_by("pk")[:PROBLEMAS_A_LA_VISTA],
        "fallidas": envio.entregas.fallidas().order_by("pk")[:PROBLEMAS_A_LA_VISTA],
        "a_la_vista": PROBLEMAS_A_LA_VISTA,
        "puede_gobernar": puede_gobernar_envios(request.user),
    }


def _hacer(request, envio, hecho, accion):
    try:
        accion()
    except actions.NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, hecho)
    return redirect("correo_envio_detalle", pk=envio.pk)
