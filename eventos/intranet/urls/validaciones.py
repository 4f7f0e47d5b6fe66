from django.urls import path

from eventos.intranet.views import validaciones

urlpatterns = [
    path("capacitaciones/<int:pk>/pedir-validacion/", validaciones.pedir, name="validacion-pedir"),
    path("validaciones/<int:pk>/", validaciones.revisar, name="validacion"),
    path("validaciones/<int:pk>/anexo5.pdf", validaciones.anexo5, name="validacion-anexo5"),
]
