from django.urls import path

from .views import asistencia, encuestas, inscripciones, materiales, panel, preguntas, programacion

app_name = "eventos_intranet"

# La lista (/intranet/capacitaciones/) es el registro de modeladmin; lo demás son pantallas propias.
urlpatterns = [
    path("capacitaciones/nueva/", programacion.crear, name="crear"),
    path("capacitaciones/<int:pk>/", panel.panel, name="panel"),
    path("capacitaciones/<int:pk>/editar/", programacion.editar, name="editar"),
    path("capacitaciones/<int:pk>/programa/", programacion.programa, name="programa"),
    path("capacitaciones/<int:pk>/publicar/", panel.publicar, name="publicar"),
    path("capacitaciones/<int:pk>/cancelar/", panel.cancelar, name="cancelar"),
    path("capacitaciones/<int:pk>/asistencia/", asistencia.mesa, name="asistencia"),
    path("capacitaciones/<int:pk>/asistencia/marcar/", asistencia.marcar, name="asistencia-marcar"),
    path("capacitaciones/<int:pk>/asistencia/inscribir/", asistencia.inscribir_en_puerta, name="asistencia-inscribir"),
    path("capacitaciones/<int:pk>/anexo6.pdf", asistencia.anexo6, name="anexo6"),
    path("capacitaciones/<int:pk>/encuestas/", encuestas.encuestas, name="encuestas"),
    path("capacitaciones/<int:pk>/materiales/", materiales.materiales, name="materiales"),
    path("materiales/<int:pk>/", materiales.descargar, name="material"),
    path("preguntas/<int:pk>/atender/", preguntas.atender, name="pregunta-atender"),
    path("inscripciones/<int:pk>/aceptar/", inscripciones.aceptar, name="inscripcion-aceptar"),
    path("inscripciones/<int:pk>/anular/", inscripciones.anular, name="inscripcion-anular"),
    path("inscripciones/<int:pk>/entidad/", inscripciones.entidad, name="inscripcion-entidad"),
]
