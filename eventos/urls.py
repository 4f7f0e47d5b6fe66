from django.urls import include, path, re_path

from .views import (
    calendario,
    capacitacion,
    datos_abiertos,
    feeds,
    incrustar,
    inscripcion,
    invitacion,
    material,
    oferta,
    pregunta,
    programa,
    prueba,
)

app_name = "eventos"

# Las direcciones fijas van antes que el slug; ninguna capacitación toma uno de sus nombres (RESERVADAS).
bajo_capacitaciones = [
    path("", calendario.calendario, name="calendario"),
    path("calendario.ics", feeds.movida, {"nombre": "eventos:feed", "formato": "ics"}),
    path("rss/", feeds.movida, {"nombre": "eventos:feed", "formato": "rss"}),
    path("entidades.json", capacitacion.entidades, name="entidades"),
    path("distritos.json", capacitacion.distritos, name="distritos"),
    path("incrustar/", incrustar.proximas, name="incrustar"),
    path("incrustar/<slug:centro>/", incrustar.proximas, name="incrustar-centro"),
    path("programa/<slug:centro>/<str:mes>.pdf", programa.programa, name="programa"),
    path("inscripciones/grupo/<str:token>/", inscripcion.ver_grupo, name="inscripcion-grupo"),
    path("inscripciones/<str:token>/", inscripcion.ver, name="inscripcion-ver"),
    path("inscripciones/<str:token>/corregir/", inscripcion.corregir, name="inscripcion-editar"),
    path("inscripciones/<str:token>/cupo/", oferta.oferta, name="oferta"),
    path("inscripciones/<str:token>/pruebas/", prueba.lista, name="pruebas"),
    path("inscripciones/<str:token>/pruebas/<int:pk>/<str:momento>/", prueba.una, name="prueba"),
    path("inscripciones/<str:token>/cancelar/", inscripcion.cancelar, name="inscripcion-anular"),
    path("<slug:slug>/", capacitacion.capacitacion, name="capacitacion"),
    path("<slug:slug>.ics", feeds.capacitacion_ics, name="capacitacion-ics"),
    path("<slug:slug>.json", feeds.capacitacion_json, name="capacitacion-json"),
    path("<slug:slug>/calendario.ics", feeds.movida, {"nombre": "eventos:capacitacion-ics"}),
    path("<slug:slug>/invitacion/", invitacion.elegir, name="invitacion"),
    path("<slug:slug>/invitacion.pdf", invitacion.pdf, name="invitacion-pdf"),
    path("<slug:slug>/materiales/<int:pk>/", material.material, name="material"),
    path("<slug:slug>/inscripcion/", inscripcion.crear, name="inscripcion-crear"),
]

urlpatterns = [
    # La misma dirección del calendario más .ics, .rss o .json es su feed.
    re_path(r"^capacitaciones\.(?P<formato>ics|rss|json)$", feeds.feed, name="feed"),
    path("capacitaciones/", include(bajo_capacitaciones)),
    path("preguntar/", pregunta.preguntar, name="preguntar"),
    path("preguntar/recibida/", pregunta.recibida, name="pregunta-recibida"),
    path("datos-abiertos/", datos_abiertos.pagina, name="datos-abiertos"),
    path("datos-abiertos/capacitaciones.csv", datos_abiertos.capacitaciones_csv, name="capacitaciones-csv"),
    path("datos-abiertos/diccionario.csv", datos_abiertos.diccionario_csv, name="diccionario-csv"),
    path("api/openapi.json", datos_abiertos.descripcion_openapi, name="openapi"),
    path("oembed/", incrustar.oembed, name="oembed"),
]
