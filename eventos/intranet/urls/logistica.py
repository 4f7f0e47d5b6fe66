from django.urls import path

from eventos.intranet.views import carpeta, logistica

_DE = "capacitaciones/<int:pk>"

urlpatterns = [
    path(f"{_DE}/logistica/", logistica.lista, name="logistica"),
    path(f"{_DE}/logistica/proponer/", logistica.proponer, name="logistica-proponer"),
    path(f"{_DE}/logistica/agregar/", logistica.agregar, name="logistica-agregar"),
    path("logistica/<int:pk>/marcar/", logistica.marcar, name="tarea-marcar"),
    path("logistica/<int:pk>/editar/", logistica.editar, name="tarea-editar"),
    path("logistica/<int:pk>/quitar/", logistica.quitar, name="tarea-quitar"),
    path(f"{_DE}/carpeta/", carpeta.elegir, name="carpeta"),
    path(f"{_DE}/carpeta.pdf", carpeta.unida, name="carpeta-pdf"),
    path(f"{_DE}/anexo5.pdf", carpeta.programa, name="anexo5"),
    path(f"{_DE}/anexo7.pdf", carpeta.encuesta, name="anexo7"),
    path(f"{_DE}/directorio.pdf", carpeta.del_centro, name="directorio-pdf"),
]
