from django.urls import path

from boletines.intranet import importacion, suscriptores

urlpatterns = [
    path("boletines/suscriptor/<int:pk>/baja/", suscriptores.dar_de_baja, name="suscriptor_baja"),
    path("boletines/suscriptor/<int:pk>/borrar/", suscriptores.borrar, name="suscriptor_borrar"),
    path("boletines/suscriptor/importaciones/", importacion.importaciones, name="importaciones_de_suscriptores"),
    path("boletines/suscriptor/importaciones/nueva/", importacion.subir, name="importacion_de_suscriptores_nueva"),
    path(
        "boletines/suscriptor/importaciones/plantilla.<str:formato>",
        importacion.plantilla,
        name="importacion_de_suscriptores_plantilla",
    ),
    path("boletines/suscriptor/importaciones/<int:pk>/", importacion.ver, name="importacion_de_suscriptores"),
    path(
        "boletines/suscriptor/importaciones/<int:pk>/errores.<str:formato>",
        importacion.errores,
        name="importacion_de_suscriptores_errores",
    ),
    path(
        "boletines/suscriptor/importaciones/<int:pk>/<slug:cual>/",
        importacion.archivo,
        name="importacion_de_suscriptores_archivo",
    ),
    path(
        "boletines/suscriptor/importaciones/<int:pk>/hacer/confirmar/",
        importacion.confirmar,
        name="importacion_de_suscriptores_confirmar",
    ),
    path(
        "boletines/suscriptor/importaciones/<int:pk>/hacer/descartar/",
        importacion.descartar,
        name="importacion_de_suscriptores_descartar",
    ),
]
