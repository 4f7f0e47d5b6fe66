from django.urls import path

from . import publico

app_name = "custodia"

urlpatterns = [
    path("proteccion-de-datos/", publico.proteccion_de_datos, name="proteccion-de-datos"),
    path("proteccion-de-datos/solicitud/", publico.solicitar, name="solicitar"),
    path("proteccion-de-datos/solicitud/recibida/", publico.recibida, name="solicitud-recibida"),
]
