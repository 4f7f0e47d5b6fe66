from django.urls import path
from django.views.decorators.cache import cache_page
from wagtail.contrib.sitemaps.views import sitemap

from . import views, views_mural
from .feeds import NoticiasFeed
from .sitemaps import MAPAS

app_name = "home"

UNA_HORA = 60 * 60

urlpatterns = [
    path("buscar/", views.buscar, name="buscar"),
    path("buscar/sugerencias/", views.sugerencias, name="sugerencias"),
    path("mi-centro/", views.centro_de_departamento, name="centro-de-departamento"),
    path("mural/", views_mural.murales, name="murales"),
    path("mural/sw.js", views_mural.service_worker, name="mural-sw"),
    path("mural/<slug:centro>/", views_mural.mural, name="mural"),
    path("mural/<slug:centro>.pdf", views_mural.mural_pdf, name="mural-pdf"),
    path("noticias/rss/", NoticiasFeed(), name="noticias-rss"),
    path("salud/", views.salud, name="salud"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.seguridad, name="seguridad"),
    path("sitemap.xml", cache_page(UNA_HORA)(sitemap), {"sitemaps": MAPAS}, name="mapa"),
]
