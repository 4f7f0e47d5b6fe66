from django.conf import settings
from django.urls import include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("intranet/", include(wagtailadmin_urls)),
    path("documentos/", include(wagtaildocs_urls)),
    path("", include("eventos.urls")),
    path("", include("boletines.urls")),
    path("", include("home.urls")),
]

if settings.SERVIR_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

# Lo que nadie tomó es una página de Wagtail.
urlpatterns.append(path("", include(wagtail_urls)))
