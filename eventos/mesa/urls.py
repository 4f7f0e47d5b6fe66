from django.urls import path

from . import views

app_name = "mesa"

urlpatterns = [
    path("", views.entrada, name="entrada"),
    path("sw.js", views.service_worker, name="sw"),
    path("abrir/<str:clave>/", views.abrir, name="abrir"),
    path("<int:pk>/", views.mesa, name="mesa"),
    path("<int:pk>/datos.json", views.datos, name="datos"),
    path("<int:pk>/operaciones/", views.operaciones, name="operaciones"),
    path("<int:pk>/cerrar/", views.cerrar, name="cerrar"),
]
