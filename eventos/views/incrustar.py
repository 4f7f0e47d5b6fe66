"""El marco con las próximas capacitaciones para otras webs, y oEmbed (oembed.com), que lo da a quien pega un enlace."""

from csp.decorators import csp_replace
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from eventos import incrustar
from eventos.models import Capacitacion
from organizacion.models import AjustesPortal, Centro

from .abierta import abierta

UN_DIA = 24 * 60 * 60


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@cache_control(public=True, max_age=300)
def proximas(request, centro=None):
    """Lo único del portal que otra web puede meter en un marco: sin formularios ni sesión, no hay clic que robar."""
    centro = get_object_or_404(Centro.objects.activos(), slug=centro) if centro else None
    filas = Capacitacion.objects.publicadas().proximas().para_mostrar()
    filas = filas.del_centro(centro) if centro else filas
    contexto = {"centro": centro, "capacitaciones": filas[: incrustar.CUANTAS], "titulo": incrustar.titulo_de(centro)}
    return render(request, "eventos/incrustar.html", contexto)


@require_safe
@abierta
@cache_control(public=True, max_age=300)
def oembed(request):
    """Respuesta «rich» de oEmbed 1.0 para el calendario o la página de un centro."""
    if request.GET.get("format", "json") != "json":
        return _json({"error": "Solo se responde en JSON: use format=json."}, status=501)
    try:
        centro = incrustar.centro_de(request.GET.get("url", ""), anfitrion=request.get_host())
    except incrustar.NoSeIncrusta:
        texto = "Diga en «url» la dirección del calendario o de la página de un centro de este portal."
        return _json({"error": texto}, status=404)
    ancho = _a_lo_mas(request.GET.get("maxwidth"), incrustar.ANCHO)
    alto = _a_lo_mas(request.GET.get("maxheight"), incrustar.ALTO)
    return _json(
        {
            "version": "1.0",
            "type": "rich",
            "title": incrustar.titulo_de(centro),
            "provider_name": AjustesPortal.load(request_or_site=request).nombre_sitio,
            "provider_url": incrustar.url_absoluta("eventos:calendario"),
            "cache_age": UN_DIA,
            "html": incrustar.marco(centro, ancho=ancho, alto=alto),
            "width": ancho,
            "height": alto,
        }
    )


def _a_lo_mas(texto, propio: int) -> int:
    """``propio``, o menos si quien incrusta tiene menos sitio."""
    es_numero = texto and texto.isascii() and texto.isdigit() and len(texto) < 6
    return min(int(texto), propio) if es_numero and int(texto) else propio


def _json(datos, **kwargs):
    return JsonResponse(datos, json_dumps_params={"ensure_ascii": False}, **kwargs)
