"""El mapa del sitio: las páginas de Wagtail y las capacitaciones publicadas."""

from wagtail.contrib.sitemaps import Sitemap

from eventos.sitemaps import CapacitacionSitemap

MAPAS = {"paginas": Sitemap, "capacitaciones": CapacitacionSitemap}
