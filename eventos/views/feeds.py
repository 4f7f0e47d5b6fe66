from django.contrib.syndication.views import Feed
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from comun.templatetags.comun import fecha_larga
from eventos import ical
from eventos.forms.filtros import FiltrosForm
from eventos.models import Capacitacion

EN_EL_RSS = 50


def _proximas(request):
    filtros = FiltrosForm(request.GET).elegidos
    return Capacitacion.objects.publicadas().filtradas(**filtros).proximas().para_mostrar()


def _respuesta_ics(contenido, nombre):
    respuesta = HttpResponse(contenido, content_type="text/calendar; charset=utf-8")
    respuesta["Content-Disposition"] = f'attachment; filename="{nombre}.ics"'
    return respuesta


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def agenda_ics(request):
    """Todas las que vienen, con los mismos filtros del calendario: para suscribirse desde una agenda."""
    return _respuesta_ics(ical.agenda(_proximas(request)), "capacitaciones-conectamef")


@require_safe
@conditional_page
@cache_control(public=True, max_age=300)
def capacitacion_ics(request, slug):
    capacitacion = get_object_or_404(Capacitacion.objects.publicadas().para_mostrar(), slug=slug)
    return _respuesta_ics(ical.agenda([capacitacion]), slug)


class CapacitacionesFeed(Feed):
    """RSS de las que vienen, las publicadas hace menos primero."""

    feed_type = Rss201rev2Feed
    title = "Capacitaciones CONECTAMEF"
    description = "Las próximas capacitaciones gratuitas de los centros CONECTAMEF."
    language = "es-pe"

    def get_object(self, request):
        return request

    def link(self, request):
        return reverse("eventos:calendario")

    def feed_url(self, request):
        return request.get_full_path()

    def items(self, request):
        return _proximas(request).order_by("-publicada_en", "-pk")[:EN_EL_RSS]

    def item_title(self, capacitacion):
        return f"CANCELADA: {capacitacion}" if capacitacion.esta_cancelada else str(capacitacion)

    def item_description(self, capacitacion):
        partes = (fecha_larga(capacitacion.fecha_inicio).capitalize(), capacitacion.donde, capacitacion.objetivo)
        return ". ".join(parte.rstrip(".") for parte in partes if parte) + "."

    def item_pubdate(self, capacitacion):
        return capacitacion.publicada_en or capacitacion.creada_en

    def item_updateddate(self, capacitacion):
        return capacitacion.actualizada_en

    def item_categories(self, capacitacion):
        return [sistema.nombre for sistema in capacitacion.sistemas.all()]


rss = require_safe(conditional_page(cache_control(public=True, max_age=300)(CapacitacionesFeed())))
