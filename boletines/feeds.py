"""Las últimas ediciones y los últimos comunicados en RSS."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.shortcuts import get_object_or_404
from django.utils import timezone

from organizacion.models import Centro

from .models import BoletinPage, ComunicadoPage

CUANTOS = 12


class BoletinesFeed(Feed):
    title = "Boletín de los CONECTAMEF"
    description = "Las últimas ediciones del boletín mensual."
    link = "/boletines/"
    language = "es-pe"

    def items(self):
        return BoletinPage.objects.live().order_by("-anio", "-mes").defer("cuerpo", "texto_busqueda")[:CUANTOS]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.editorial

    def item_link(self, item):
        return item.url

    def item_pubdate(self, item):
        return item.first_published_at


class BoletinesDeCentroFeed(BoletinesFeed):
    """Las ediciones de un centro: cada una con su parte."""

    def get_object(self, request, centro):
        return get_object_or_404(Centro.objects.activos(), slug=centro)

    def title(self, obj):
        return f"Boletín de {obj.nombre_completo}"

    def description(self, obj):
        return f"Las últimas ediciones del boletín mensual, con lo de {obj.nombre_completo}."

    def link(self, obj):
        return f"/boletines/?centro={obj.slug}"

    def items(self, obj):
        ediciones = list(super().items())
        for edicion in ediciones:
            edicion.del_centro = obj
        return ediciones

    def item_title(self, item):
        return f"{item.title}, {item.del_centro.nombre_completo}"

    def item_link(self, item):
        return f"{item.url}{item.del_centro.slug}/"


class ComunicadosFeed(Feed):
    title = "Comunicados del MEF"
    description = "Los comunicados vigentes."
    link = "/comunicados/"
    language = "es-pe"

    def items(self):
        return ComunicadoPage.objects.live().vigentes().defer("cuerpo", "texto_busqueda")[:CUANTOS]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.resumen

    def item_link(self, item):
        return item.url

    def item_pubdate(self, item):
        return timezone.make_aware(dt.datetime.combine(item.fecha, dt.time()))
