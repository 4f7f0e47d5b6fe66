"""Las direcciones del personal en eventos, por tema; todas bajo /intranet/.

La lista (/intranet/capacitaciones/) es el registro de modeladmin; lo demás son pantallas propias.
"""

from . import (
    capacitacion,
    convocatoria,
    encuesta,
    expediente,
    inscripciones,
    logistica,
    mesas,
    programa,
    programacion,
    pruebas,
    registro,
    validaciones,
)

app_name = "eventos_intranet"

urlpatterns = [
    *capacitacion.urlpatterns,
    *convocatoria.urlpatterns,
    *encuesta.urlpatterns,
    *inscripciones.urlpatterns,
    *logistica.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
    *registro.urlpatterns,
    *mesas.urlpatterns,
    *expediente.urlpatterns,
    *programa.urlpatterns,
    *programa.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
    *mesas.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
    *registro.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
    *expediente.urlpatterns,
    *programacion.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
]
