from django.urls import path

from .feeds import BoletinesDeCentroFeed, BoletinesFeed, ComunicadosFeed
from .views import suscripcion

app_name = "boletines"

urlpatterns = [
    path("boletines/rss/", BoletinesFeed(), name="rss"),
    path("boletines/rss/<slug:centro>/", BoletinesDeCentroFeed(), name="rss-de-centro"),
    path("comunicados/rss/", ComunicadosFeed(), name="comunicados-rss"),
    path("suscripcion/", suscripcion.suscribir, name="suscribir"),
    path("suscripcion/revise-su-correo/", suscripcion.revise_su_correo, name="revise-su-correo"),
    path("suscripcion/confirmar/<str:token>/", suscripcion.confirmar, name="confirmar"),
    path("suscripcion/baja/<str:token>/", suscripcion.dar_de_baja, name="baja"),
    path("suscripcion/listo/<slug:que>/", suscripcion.listo, name="listo"),
]
