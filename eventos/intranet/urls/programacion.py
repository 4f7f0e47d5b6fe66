from django.urls import path

from eventos.intranet.views import bloque, preparativos, solicitudes

urlpatterns = [
    path("capacitaciones/<int:pk>/preparativos/", preparativos.preparativos, name="preparativos"),
    path("capacitaciones/en-bloque/", bloque.en_bloque, name="en-bloque"),
    path("solicitudes-de-capacitacion/<int:pk>/atender/", solicitudes.atender, name="solicitud"),
]
