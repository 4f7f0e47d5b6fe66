"""El registro de participantes: hojas de papel, escaneos, enlaces de asistencia y quién no cuenta."""

from django.urls import path

from eventos.intranet.views import escaneos, hojas, recuento, registro

_DE = "capacitaciones/<int:pk>"

urlpatterns = [
    path(f"{_DE}/registro/", registro.registro, name="registro"),
    path(f"{_DE}/registro/emitir/", registro.emitir, name="registro-emitir"),
    path(f"{_DE}/registro/pasar/", hojas.pasar_sesion, name="registro-pasar"),
    path(f"{_DE}/anexo6.pdf", registro.anexo6, name="anexo6"),
    path(f"{_DE}/enlaces/enviar/", registro.enviar_enlaces, name="enlaces-enviar"),
    path(f"{_DE}/no-cuentan/", recuento.no_cuentan, name="no-cuentan"),
    path(f"{_DE}/escaneos/subir/", escaneos.subir, name="escaneo-subir"),
    path("hojas/", hojas.buscar, name="hojas"),
    path("hojas/<str:codigo>/", hojas.hoja, name="hoja"),
    path("escaneos/<int:pk>/", escaneos.ver, name="escaneo"),
    path("escaneos/<int:pk>/quitar/", escaneos.quitar, name="escaneo-quitar"),
]
