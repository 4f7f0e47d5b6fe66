from django.urls import path

from boletines.intranet import aportes, tablero

DEL_MES = "boletin-del-mes/<int:anio>/<int:mes>/"

urlpatterns = [
    path("boletin-del-mes/", aportes.boletin_del_mes, name="boletin_del_mes"),
    path("boletin-del-mes/tablero/", tablero.tablero, name="boletin_tablero"),
    path(DEL_MES, tablero.tablero, name="boletin_tablero_mes"),
    path(f"{DEL_MES}abrir/", tablero.abrir, name="boletin_abrir"),
    path(f"{DEL_MES}recordar/", tablero.recordar_a_todos, name="boletin_recordar"),
    path(f"{DEL_MES}armar/", tablero.armar, name="boletin_armar"),
    path("boletin-del-mes/aportes/<int:pk>/", aportes.aporte, name="aporte"),
    path("boletin-del-mes/aportes/<int:pk>/recordar/", tablero.recordar, name="aporte_recordar"),
    path("boletin-del-mes/aportes/<int:pk>/suplir/", tablero.suplir, name="aporte_suplir"),
    path("boletin-del-mes/aportes/<int:pk>/devolver/", tablero.devolver, name="aporte_devolver"),
    path("boletin-del-mes/aportes/<int:pk>/ampliar/", tablero.ampliar, name="aporte_ampliar"),
]
