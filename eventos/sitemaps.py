from django.contrib.sitemaps import Sitemap

from .models import Capacitacion


class CapacitacionSitemap(Sitemap):
    """Las fichas públicas; la portada del portal lo monta."""

    changefreq = "daily"

    def items(self):
        return Capacitacion.objects.publicadas().order_by("pk")

    def lastmod(self, capacitacion):
        return capacitacion.actualizada_en
