from django.urls import path

from eventos.intranet.views import inscripciones, preguntas

urlpatterns = [
    path("preguntas/<int:pk>/atender/", preguntas.atender, name="pregunta-atender"),
    path("inscripciones/<int:pk>/aceptar/", inscripciones.aceptar, name="inscripcion-aceptar"),
    path("inscripciones/<int:pk>/anular/", inscripciones.anular, name="inscripcion-anular"),
    path("inscripciones/<int:pk>/entidad/", inscripciones.entidad, name="inscripcion-entidad"),
]
