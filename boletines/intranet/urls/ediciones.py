from django.urls import path

from boletines.intranet import ediciones, envio

urlpatterns = [
    path("boletines/", ediciones.ediciones, name="boletines_ediciones"),
    path("boletines/<int:pk>/enviar/", envio.enviar, name="boletin_enviar"),
    path("boletines/<int:pk>/probar/", envio.probar, name="boletin_probar"),
]
