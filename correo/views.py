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
from .estado import describir, fase_de
from .forms import DevolverForm
from .models import Entrega, Envio
from .permissions import (
    puede_aprobar,
    puede_aprobar_envios,
    puede_detener,
    puede_gobernar_envios,
    puede_retirar,
    puede_ver_envios,
)
from .resultados import resultados_de
from .vista_previa import vista_previa

POR_PAGINA = 30
# Más que esto no se lee de una vez: lo que falta se ve al resolver lo primero.
PROBLEMAS_A_LA_VISTA = 100
# Una muestra de a quién va, para quien lo firma.
MUESTRA = 20
# Llave que va en la dirección: (texto del enlace, qué envíos).
VISTAS = {
    "masivos": ("Masivos", lambda envios: envios.masivos()),
    "por-aprobar": ("Por aprobar", lambda envios: envios.por_aprobar()),
    "personales": ("Avisos personales", lambda envios: envios.personales()),
    "problemas": ("Con problemas", lambda envios: envios.con_problemas()),
}
# (quién puede, qué se hace, qué se le dice).
SOBRE_ENVIO = {
    "pausar": (puede_detener, actions.pausar, "El envío queda en pausa desde el siguiente lote."),
    "reanudar": (lambda usuario, _: puede_gobernar_envios(usuario), actions.reanudar, "El envío vuelve a la cola."),
    "cancelar": (puede_retirar, actions.cancelar, "El envío quedó cancelado; lo que faltaba no sale."),
    "firmar": (
        lambda usuario, _: puede_aprobar_envios(usuario),
        actions.aprobar,
        "Quedó firmado. Sale al terminar el reposo; hasta entonces todavía se puede cancelar.",
    ),
    "reintentar-fallidas": (
        lambda usuario, _: puede_gobernar_envios(usuario),
        actions.reintentar_fallidas,
        "Las entregas que fallaron vuelven a la cola.",
    ),
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
    return [(envio, avance_por_envio[envio.pk], describir(envio)) for envio in envios]


@require_GET
def detalle(request, pk):
    envio = _envio(request, pk)
    destinatarios = envio.entregas.filter(es_copia=False)
    contexto = _contexto_de_avance(request, envio) | {
        "frase": describir(envio),
        "previa": vista_previa(envio) if envio.es_masivo or envio.estado == Envio.Estado.POR_APROBAR else None,
        "cuantos": destinatarios.count(),
        "muestra": destinatarios.order_by("pk")[:MUESTRA],
        "copias": envio.entregas.copias().order_by("pk")[:PROBLEMAS_A_LA_VISTA],
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
    if accion not in SOBRE_ENVIO:
        raise Http404
    puede, hacer, hecho = SOBRE_ENVIO[accion]
    envio = _envio(request, pk, propio=True)
    _exigir(puede(request.user, envio))
    return _hacer(request, envio, hecho, lambda: hacer(envio=envio, por=request.user))


@require_POST
def devolver(request, pk):
    envio = _envio(request, pk, propio=True)
    _exigir(puede_aprobar_envios(request.user))
    form = DevolverForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["motivo"]))
        return redirect("correo_envio_detalle", pk=envio.pk)
    hecho = "Quedó devuelto: quien lo preparó verá su motivo."
    return _hacer(request, envio, hecho, lambda: actions.devolver(envio=envio, por=request.user, **form.cleaned_data))


@require_POST
def decidir_dudosa(request, pk, accion):
    _exigir(puede_gobernar_envios(request.user))
    entrega = get_object_or_404(Entrega.objects.propias(request.user).select_related("envio"), pk=pk)
    if accion not in SOBRE_DUDOSA:
        raise Http404
    hacer, hecho = SOBRE_DUDOSA[accion]
    return _hacer(request, entrega.envio, hecho, lambda: hacer(entrega=entrega, por=request.user))


def _exigir(permitido: bool) -> None:
    if not permitido:
        raise PermissionDenied


def _envio(request, pk, *, propio=False) -> Envio:
    """El envío si está a su alcance; con ``propio``, solo si además lo puede cambiar."""
    _exigir(puede_ver_envios(request.user))
    envios = Envio.objects.propias(request.user) if propio else Envio.objects.para(request.user)
    return get_object_or_404(envios.select_related("centro", "creado_por", "aprobado_por"), pk=pk)


def _contexto_de_avance(request, envio) -> dict:
    entregas = envio.entregas.order_by("pk")
    return {
        "envio": envio,
        "fase": fase_de(envio),
        "avance": avance_de(envio),
        "resultados": resultados_de(envio),
        "dudosas": entregas.dudosas()[:PROBLEMAS_A_LA_VISTA],
        "destinatarios": [] if envio.es_masivo else entregas.con_sucesos()[:PROBLEMAS_A_LA_VISTA],
        "fallidas": entregas.fallidas()[:PROBLEMAS_A_LA_VISTA],
        "rebotadas": entregas.rebotadas().con_sucesos()[:PROBLEMAS_A_LA_VISTA] if envio.es_masivo else [],
        "a_la_vista": PROBLEMAS_A_LA_VISTA,
        "puede": _mandos(request.user, envio),
        "puede_gobernar": puede_gobernar_envios(request.user),
    }


def _mandos(usuario, envio) -> dict[str, bool]:
    """Qué botones tienen sentido ahora. En el reposo solo se cancela: no hay «enviar ya»."""
    fase = fase_de(envio)
    sigue = fase in {"por_aprobar", "reposo", "en_cola", "en_pausa"}
    return {
        "pausar": fase == "en_cola" and puede_detener(usuario, envio),
        "reanudar": fase == "en_pausa" and puede_gobernar_envios(usuario),
        "cancelar": sigue and puede_retirar(usuario, envio),
        "firmar": puede_aprobar(usuario, envio),
    }


def _hacer(request, envio, hecho, accion):
    try:
        accion()
    except actions.NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, hecho)
    return redirect("correo_envio_detalle", pk=envio.pk)
