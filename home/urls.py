from django.urls import path
from django.views.decorators.cache import cache_page
from wagtail.contrib.sitemaps.views import sitemap

from . import views
from .sitemaps import MAPAS

app_name = "home"

UNA_HORA = 60 * 60

urlpatterns = [
    path("buscar/", views.buscar, name="buscar"),
    path("buscar/sugerencias/", views.sugerencias, name="sugerencias"),
    path("mi-centro/", views.centro_de_departamento, name="centro-de-departamento"),
    path("salud/", views.salud, name="salud"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", cache_page(UNA_HORA)(sitemap), {"sitemaps": MAPAS}, name="mapa"),
]
