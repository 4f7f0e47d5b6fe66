from django.urls import path

from boletines.intranet import aprobacion, ediciones, envio, previas, remisiones

urlpatterns = [
    path("boletines/", ediciones.ediciones, name="boletines_ediciones"),
    path("boletines/<int:pk>/previa/", previas.previa, name="boletin_previa"),
    path("boletines/<int:pk>/previa/pagina/", previas.pagina, name="boletin_previa_pagina"),
    path("boletines/<int:pk>/previa/pdf/", previas.pdf, name="boletin_previa_pdf"),
    path("boletines/<int:pk>/resolver/", aprobacion.resolver, name="boletin_resolver"),
    path("boletines/<int:pk>/difusion/", remisiones.tablero, name="boletin_difusion"),
    path("boletines/<int:pk>/remitir/", remisiones.remitir, name="boletin_remitir"),
    path("boletines/<int:pk>/por-todos/", remisiones.por_todos, name="boletin_por_todos"),
    path("boletines/<int:pk>/enviar/", envio.enviar, name="boletin_enviar"),
    path("boletines/<int:pk>/probar/", envio.probar, name="boletin_probar"),
    path("boletines/remisiones/<int:pk>/", envio.difundir, name="remision_difundir"),
    path("boletines/remisiones/<int:pk>/probar/", envio.probar_de_centro, name="remision_probar"),
]
