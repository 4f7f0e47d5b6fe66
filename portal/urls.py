from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from correo.proveedor import avisos_de_proveedor

urlpatterns = [
    path("intranet/", include(wagtailadmin_urls)),
    path("documentos/", include(wagtaildocs_urls)),
    *avisos_de_proveedor(settings.ANYMAIL.get("WEBHOOK_SECRET")),
    path("", include("eventos.urls")),
    path("", include("boletines.urls")),
    path("", include("home.urls")),
]

if settings.SERVIR_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

# La entrada de Wagtail para páginas privadas sería una segunda puerta: hay una sola.
urlpatterns.append(path("_util/login/", RedirectView.as_view(pattern_name="wagtailadmin_login", query_string=True)))
# Lo que nadie tomó es una página de Wagtail.
urlpatterns.append(path("", include(wagtail_urls)))
