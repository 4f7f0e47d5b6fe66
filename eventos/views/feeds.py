"""El calendario fuera de la página: la misma dirección con .ics, .rss o .json es exactamente lo que se ve."""

import datetime as dt
from functools import wraps

from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from eventos import ical
from eventos.consulta import FORMATOS, Consulta
from eventos.enlaces import url_absoluta
from eventos.json_feed import json_feed
from eventos.models import Capacitacion
from eventos.rss import rss

POR_PAGINA = 50
TOPE_ICS = 1000


def publica(vista):
    """Se guarda cinco minutos, se revalida con 304 y otro sitio puede leerla."""

    @require_safe
    @conditional_page
    @cache_control(public=True, max_age=300)
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        respuesta = vista(request, *args, **kwargs)
        respuesta["Access-Control-Allow-Origin"] = "*"
        return respuesta

    return envuelta


@publica
def feed(request, formato):
    """Lo que se ve en el calendario con los mismos parámetros."""
    return RESPUESTAS[formato](Consulta(request.GET), request.GET.get("pagina"))


@publica
def capacitacion_ics(request, slug):
    capacitacion = get_object_or_404(_completas(Capacitacion.objects.publicadas()), slug=slug)
    return _archivo_ics(ical.agenda([capacitacion]), slug, capacitacion.actualizada_en)


@publica
def capacitacion_json(request, slug):
    capacitacion = get_object_or_404(_completas(Capacitacion.objects.publicadas()), slug=slug)
    pagina = url_absoluta("eventos:capacitacion", slug)
    esta = url_absoluta("eventos:capacitacion-json", slug)
    contenido = json_feed([capacitacion], titulo=capacitacion.titulo, descripcion="", pagina=pagina, esta=esta, total=1)
    return _json(contenido)


@require_safe
def movida(request, nombre, **kwargs):
    """Las direcciones de antes llevan, con sus parámetros, a las de ahora."""
    consulta = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse(nombre, kwargs=kwargs) + (f"?{consulta}" if consulta else ""))


def _ics(consulta, _):
    filas = consulta.filas().para_mostrar()[: TOPE_ICS + 1]
    descripcion = _descripcion(consulta)
    if len(filas) > TOPE_ICS:
        descripcion += f" Son muchas: van las primeras {TOPE_ICS}; use filtros para ver las demás."
    contenido = ical.agenda(filas[:TOPE_ICS], nombre=f"{consulta.titulo} CONECTAMEF", descripcion=descripcion)
    return _archivo_ics(contenido, "capacitaciones-conectamef", _cambio_mas_reciente())


def _rss(consulta, numero):
    # Un lector espera primero lo publicado hace menos.
    pagina = _pagina(consulta.filas().order_by("-publicada_en", "-pk"), numero)
    contenido = rss(list(pagina), **_cabecera(consulta, "rss", pagina))
    respuesta = HttpResponse(contenido, content_type=f"{FORMATOS['rss']}; charset=utf-8")
    respuesta["Last-Modified"] = http_date(_cambio_mas_reciente().timestamp())
    return respuesta


def _json_feed(consulta, numero):
    pagina = _pagina(consulta.filas(), numero)
    propios = {"total": pagina.paginator.count, "avisos": consulta.avisos}
    return _json(json_feed(list(pagina), **_cabecera(consulta, "json", pagina), **propios))


RESPUESTAS = {"ics": _ics, "rss": _rss, "json": _json_feed}


def _completas(filas):
    return filas.para_mostrar().con_materiales().prefetch_related("expositores", "sesiones__actividades")


def _pagina(filas, numero):
    return Paginator(_completas(filas), POR_PAGINA).get_page(numero)


def _cabecera(consulta, formato, pagina):
    url = url_absoluta("eventos:feed", formato)

    def numerada(numero):
        return f"{url}?{consulta.parametros}" + (f"pagina={numero}" if numero > 1 else "")

    return {
        "titulo": f"{consulta.titulo} CONECTAMEF",
        "descripcion": _descripcion(consulta),
        "pagina": consulta.direccion,
        "esta": numerada(pagina.number).rstrip("?&"),
        "siguiente": numerada(pagina.next_page_number()) if pagina.has_next() else "",
    }


def _descripcion(consulta):
    partes = ["Gratuitas, de los centros CONECTAMEF.", f"{consulta.filtros_en_palabras}."]
    return " ".join([*(parte for parte in partes if parte != "."), *consulta.avisos])


def _cambio_mas_reciente():
    """Desde cuándo la lista es esta: la última capacitación cambiada, o la medianoche, en que lo de ayer sale."""
    hoy = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
    ultima = Capacitacion.objects.aggregate(ultima=Max("actualizada_en"))["ultima"]
    return max(hoy, ultima) if ultima else hoy


def _archivo_ics(contenido, nombre, cambio):
    respuesta = HttpResponse(contenido, content_type="text/calendar; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.ics"'
    respuesta["Last-Modified"] = http_date(cambio.timestamp())
    return respuesta


def _json(contenido):
    # Sin Last-Modified: los cupos libres cambian sin que cambie la capacitación; el ETag sí los ve.
    return JsonResponse(contenido, content_type=FORMATOS["json"], json_dumps_params={"ensure_ascii": False})
