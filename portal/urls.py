from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from correo.proveedor import avisos_de_proveedor

from .media import media

# Las entradas de Wagtail abrirían sin segundo factor: antes que sus direcciones van las que llevan a la nuestra.
a_la_entrada = RedirectView.as_view(pattern_name="account_login", query_string=True)
al_olvido = RedirectView.as_view(pattern_name="account_reset_password")

urlpatterns = [
    path("intranet/login/", a_la_entrada),
    re_path(r"^intranet/password_reset(?:/.*)?$", al_olvido),
    path("_util/login/", a_la_entrada),
    path("acceso/", include("acceso.urls")),
    path("intranet/", include(wagtailadmin_urls)),
    path("documentos/", include(wagtaildocs_urls)),
    *avisos_de_proveedor(settings.ANYMAIL.get("WEBHOOK_SECRET")),
    path("", include("eventos.urls")),
    path("", include("boletines.urls")),
    path("", include("directorio.urls_publicas")),
    path("", include("custodia.urls")),
    path("", include("home.urls")),
]

if settings.SERVIR_MEDIA:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", media))

# Lo que nadie tomó es una página de Wagtail.
urlpatterns.append(path("", include(wagtail_urls)))
