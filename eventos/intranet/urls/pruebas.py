from django.urls import path

from eventos.intranet.views import notas, pruebas, vistos_buenos

urlpatterns = [
    path("capacitaciones/<int:pk>/pruebas/", pruebas.pruebas, name="pruebas"),
    path("capacitaciones/<int:pk>/pruebas/empezar/", pruebas.empezar, name="prueba-empezar"),
    path("pruebas/<int:pk>/", pruebas.definir, name="prueba-definir"),
    path("pruebas/<int:pk>/copiar/", pruebas.copiar, name="prueba-copiar"),
    path("pruebas/<int:pk>/prueba.pdf", pruebas.imprimir, name="prueba-pdf"),
    path("pruebas/<int:pk>/clave.pdf", pruebas.clave, name="prueba-clave"),
    path("pruebas/<int:pk>/notas/", notas.notas, name="notas"),
    path("capacitaciones/<int:pk>/vistos-buenos/", vistos_buenos.vistos_buenos, name="vistos-buenos"),
    path("capacitaciones/<int:pk>/vistos-buenos.pdf", vistos_buenos.lista, name="vistos-buenos-pdf"),
    path("inscripciones/<int:pk>/visto-bueno/", vistos_buenos.poner, name="visto-bueno-poner"),
    path("inscripciones/<int:pk>/visto-bueno/quitar/", vistos_buenos.quitar, name="visto-bueno-quitar"),
]
