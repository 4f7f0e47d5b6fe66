from django.urls import path

from boletines.intranet import comunicados, difusion, informativos, reenviar

urlpatterns = [
    path("comunicados/", comunicados.comunicados, name="comunicados_lista"),
    path("difusion/", difusion.lista, name="difusion"),
    path("difusion/comunicados/<int:pk>/reenviar/", reenviar.reenviar, name="difusion_reenviar"),
    path("difusion/informativo/", informativos.nuevo, name="difusion_nuevo"),
    path("difusion/<int:pk>/", difusion.detalle, name="difusion_detalle"),
    path("difusion/<int:pk>/editar/", informativos.editar, name="difusion_editar"),
    path("difusion/<int:pk>/borrar/", difusion.borrar, name="difusion_borrar"),
    path("difusion/<int:pk>/adjuntos/<int:adjunto>/", difusion.adjunto, name="difusion_adjunto"),
]
