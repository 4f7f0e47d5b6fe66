from django.urls import path

from boletines.intranet import comunicados

urlpatterns = [
    path("comunicados/", comunicados.comunicados, name="comunicados_lista"),
]
