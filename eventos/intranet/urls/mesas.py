from django.urls import path

from eventos.intranet.views import mesas

urlpatterns = [
    path("capacitaciones/<int:pk>/mesas/", mesas.mesas, name="mesas"),
    path("mesas/<int:pk>/", mesas.mesa, name="mesa"),
    path("mesas/<int:pk>/cerrar/", mesas.cerrar, name="mesa-cerrar"),
    path("firmas/<int:pk>.png", mesas.firma, name="firma-en-pantalla"),
]
