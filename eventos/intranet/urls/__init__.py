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
    *expediente.urlpatterns,
    *inscripciones.urlpatterns,
    *logistica.urlpatterns,
    *mesas.urlpatterns,
    *programa.urlpatterns,
    *programacion.urlpatterns,
    *pruebas.urlpatterns,
    *registro.urlpatterns,
    *validaciones.urlpatterns,
]
