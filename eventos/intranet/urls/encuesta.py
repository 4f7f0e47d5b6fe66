from django.urls import path

from eventos.intranet.views import encuesta_en_linea as vistas

_DE = "capacitaciones/<int:pk>/encuesta"

urlpatterns = [
    path(f"{_DE}/sala/", vistas.sala, name="encuesta-sala"),
    path(f"{_DE}/sala/abrir/", vistas.abrir_sala, name="encuesta-sala-abrir"),
    path(f"{_DE}/sala/cerrar/", vistas.cerrar_sala, name="encuesta-sala-cerrar"),
    path(f"{_DE}/enviar/", vistas.enviar, name="encuesta-enviar"),
    path(f"{_DE}/no-enviar/", vistas.no_enviar, name="encuesta-no-enviar"),
    path(f"{_DE}/cerrar/", vistas.cerrar, name="encuesta-cerrar"),
    path(f"{_DE}/resultados.csv", vistas.resultados_csv, name="encuesta-csv"),
]
