from django.urls import path

from boletines.intranet import suscriptores

urlpatterns = [
    path("suscriptores/<int:pk>/baja/", suscriptores.dar_de_baja, name="suscriptor_baja"),
]
