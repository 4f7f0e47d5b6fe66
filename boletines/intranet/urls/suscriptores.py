from django.urls import path

from boletines.intranet import importacion, suscriptores

urlpatterns = [
    path("suscriptores/<int:pk>/baja/", suscriptores.dar_de_baja, name="suscriptor_baja"),
    path("suscriptores/<int:pk>/borrar/", suscriptores.borrar, name="suscriptor_borrar"),
    path("suscriptores/importaciones/", importacion.importaciones, name="importaciones_de_suscriptores"),
    path("suscriptores/importaciones/nueva/", importacion.subir, name="importacion_de_suscriptores_nueva"),
    path(
        "suscriptores/importaciones/plantilla.<str:formato>",
        importacion.plantilla,
        name="importacion_de_suscriptores_plantilla",
    ),
    path("suscriptores/importaciones/<int:pk>/", importacion.ver, name="importacion_de_suscriptores"),
    path(
        "suscriptores/importaciones/<int:pk>/errores.<str:formato>",
        importacion.errores,
        name="importacion_de_suscriptores_errores",
    ),
    path(
        "suscriptores/importaciones/<int:pk>/<slug:cual>/",
        importacion.archivo,
        name="importacion_de_suscriptores_archivo",
    ),
    path(
        "suscriptores/importaciones/<int:pk>/hacer/confirmar/",
        importacion.confirmar,
        name="importacion_de_suscriptores_confirmar",
    ),
    path(
        "suscriptores/importaciones/<int:pk>/hacer/descartar/",
        importacion.descartar,
        name="importacion_de_suscriptores_descartar",
    ),
]
