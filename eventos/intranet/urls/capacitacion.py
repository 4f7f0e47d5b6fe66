from django.urls import path

from eventos.intranet.views import asistencia, encuestas, materiales, panel, programa, programacion

urlpatterns = [
    path("capacitaciones/nueva/", programacion.crear, name="crear"),
    path("capacitaciones/<int:pk>/", panel.panel, name="panel"),
    path("capacitaciones/<int:pk>/editar/", programacion.editar, name="editar"),
    path("capacitaciones/<int:pk>/programa/", programa.programa, name="programa"),
    path("capacitaciones/<int:pk>/publicar/", panel.publicar, name="publicar"),
    path("capacitaciones/<int:pk>/cancelar/", panel.cancelar, name="cancelar"),
    path("capacitaciones/<int:pk>/asistencia/", asistencia.mesa, name="asistencia"),
    path("capacitaciones/<int:pk>/asistencia/marcar/", asistencia.marcar, name="asistencia-marcar"),
    path("capacitaciones/<int:pk>/asistencia/inscribir/", asistencia.inscribir_en_puerta, name="asistencia-inscribir"),
    path("capacitaciones/<int:pk>/encuestas/", encuestas.encuestas, name="encuestas"),
    path("capacitaciones/<int:pk>/materiales/", materiales.materiales, name="materiales"),
    path("materiales/<int:pk>/", materiales.descargar, name="material"),
]
