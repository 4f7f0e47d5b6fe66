"""Las últimas ediciones y los últimos comunicados en RSS."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.utils import timezone

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
