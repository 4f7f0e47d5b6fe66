"""Las direcciones del personal en eventos, por tema; todas bajo /intranet/.

La lista (/intranet/capacitaciones/) es el registro de modeladmin; lo demás son pantallas propias.
"""

from . import capacitacion, inscripciones, programacion, pruebas, validaciones

app_name = "eventos_intranet"

urlpatterns = [
    *capacitacion.urlpatterns,
    *inscripciones.urlpatterns,
    *programacion.urlpatterns,
    *pruebas.urlpatterns,
    *validaciones.urlpatterns,
]
