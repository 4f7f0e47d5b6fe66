"""La página del enlace de una campaña: sin cuenta, sin caché; mirarla no cambia nada y el POST responde."""

from contextlib import suppress
from functools import wraps

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from comun.antiabuso import Tope, frenado, texto_de_freno
from directorio.models import Pedido

from .actions import CampaniaCerrada
from .enlaces import pedido_de
from .pagina import Pagina
from .respuesta import YaRespondido, responder

POR_ENLACE = Tope("directorio:enlace", 20)


def privada(vista):
    """Ni se guarda en cachés ni la indexan los buscadores, ni su dirección viaja a otro sitio."""

    @never_cache
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["X-Robots-Tag"] = "noindex, nofollow"
        respuesta["Referrer-Policy"] = "same-origin"
        return respuesta

    return envuelta


@privada
def actualizar(request, token):
    """Lo suyo para revisar; «Todo está bien» lo confirma y las correcciones quedan propuestas."""
    try:
        pedido = pedido_de(token)
    except Pedido.DoesNotExist:
        return render(request, "directorio/enlace/invalido.html", status=404)
    if cerrada := _que_ya_no_se_llena(pedido):
        return render(request, cerrada, {"pedido": pedido}, status=410 if "vencido" in cerrada else 200)
    frena = request.method == "POST" and frenado(request, POR_ENLACE, token)
    pagina = Pagina(pedido, request.POST or None)
    if frena:
        pagina.form.add_error(None, texto_de_freno(pedido.centro))
    elif pagina.es_valida():
        return _guardar(request, pedido, pagina, token)
    contexto = {"pedido": pedido, "pagina": pagina}
    return render(request, "directorio/enlace/actualizar.html", contexto, status=429 if frena else 200)


def _que_ya_no_se_llena(pedido: Pedido) -> str:
    """La plantilla de un enlace usado, anulado, vencido o de quien se fue; «» si todavía se llena."""
    if pedido.estado in (Pedido.Estado.CONFORME, Pedido.Estado.CORREGIDO):
        return "directorio/enlace/recibido.html"
    if pedido.estado == Pedido.Estado.ANULADO or pedido.se_fue or not pedido.campania.esta_abierta():
        return "directorio/enlace/vencido.html"
    return ""


def _guardar(request, pedido, pagina, token):
    with suppress(YaRespondido, CampaniaCerrada):  # la página a la que se vuelve dice en qué está
        responder(pedido=pedido, respuesta=pagina.respuesta(), request=request)
    return redirect("directorio:actualizar", token)
