from django.urls import path

from .feeds import BoletinesDeCentroFeed, BoletinesFeed, ComunicadosFeed
from .views import bajas, preferencias, suscripcion

app_name = "boletines"

urlpatterns = [
    path("boletines/rss/", BoletinesFeed(), name="rss"),
    path("boletines/rss/<slug:centro>/", BoletinesDeCentroFeed(), name="rss-de-centro"),
    path("comunicados/rss/", ComunicadosFeed(), name="comunicados-rss"),
    path("suscripcion/", suscripcion.suscribir, name="suscribir"),
    path("suscripcion/revise-su-correo/", suscripcion.revise_su_correo, name="revise-su-correo"),
    path("suscripcion/confirmar/<str:token>/", suscripcion.confirmar, name="confirmar"),
    path("suscripcion/baja/<str:token>/", bajas.dar_de_baja, name="baja"),
    path("suscripcion/oficial/<str:token>/", bajas.dar_de_baja_oficial, name="baja-oficial"),
    path("suscripcion/invitacion/<str:token>/", suscripcion.invitacion, name="invitacion"),
    path("suscripcion/preferencias/", preferencias.pedir, name="preferencias-pedir"),
    path("suscripcion/preferencias/revise-su-correo/", preferencias.pedidas, name="preferencias-pedidas"),
    path("suscripcion/preferencias/<str:token>/", preferencias.preferencias, name="preferencias"),
    path("suscripcion/preferencias/<str:token>/pausa/", preferencias.pausar, name="pausa"),
    path("suscripcion/listo/<slug:que>/", suscripcion.listo, name="listo"),
]
