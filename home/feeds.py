"""Las últimas noticias en RSS."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.html import escape
from wagtail.rich_text import expand_db_html

from .models import NoticiaPage

CUANTAS = 12


class NoticiasFeed(Feed):
    title = "Noticias de los CONECTAMEF"
    description = "Lo último de los centros y del MEF, con el texto completo."
    link = "/noticias/"
    language = "es-pe"

    def items(self):
        return NoticiaPage.objects.publicadas().select_related("centro").defer("texto_busqueda")[:CUANTAS]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return f"<p>{escape(item.resumen)}</p>{expand_db_html(item.cuerpo)}"

    def item_link(self, item):
        return item.url

    def item_pubdate(self, item):
        return timezone.make_aware(dt.datetime.combine(item.fecha, dt.time()))

    def item_categories(self, item):
        return [item.centro.nombre_completo] if item.centro else ()
