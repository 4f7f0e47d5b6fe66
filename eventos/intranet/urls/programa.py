from django.urls import path

from eventos.intranet.views import agenda, importacion, programa_mensual

urlpatterns = [
    path("programa/", programa_mensual.programa, name="programa-del-mes"),
    path("programa/registrar/", programa_mensual.registrar, name="programa-registrar"),
    path("programa/rapido/", programa_mensual.rapido, name="programa-rapido"),
    path("programa/copiar/", programa_mensual.copiar, name="programa-copiar"),
    path("programa/importar/", importacion.subir, name="programa-importar"),
    path("programa/importar/plantilla.xlsx", importacion.plantilla, name="programa-plantilla"),
    path("programa/importaciones/<int:pk>/", importacion.revisar, name="importacion"),
    path("programa/importaciones/<int:pk>/confirmar/", importacion.confirmar, name="importacion-confirmar"),
    path("programa/importaciones/<int:pk>/descartar/", importacion.descartar, name="importacion-descartar"),
    path("agenda/", agenda.agenda, name="agenda"),
]
