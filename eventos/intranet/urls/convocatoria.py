from django.urls import path

from eventos.intranet.views import convocatoria, interes, llamadas

urlpatterns = [
    path("capacitaciones/<int:pk>/convocar/", convocatoria.convocar, name="convocar"),
    path("capacitaciones/<int:pk>/invitados/", convocatoria.invitados, name="invitados"),
    path("capacitaciones/<int:pk>/invitados.xlsx", convocatoria.invitados_xlsx, name="invitados-xlsx"),
    path("capacitaciones/<int:pk>/anexo4.pdf", convocatoria.anexo4, name="anexo4"),
    path("capacitaciones/<int:pk>/anexos4.pdf", convocatoria.anexos4, name="anexos4"),
    path("capacitaciones/<int:pk>/inscribir/", interes.inscribir, name="interes"),
    path("capacitaciones/<int:pk>/llamadas/", llamadas.llamadas, name="llamadas"),
    path("capacitaciones/<int:pk>/llamadas.xlsx", llamadas.llamadas_xlsx, name="llamadas-xlsx"),
    path("capacitaciones/<int:pk>/llamadas/armar/", llamadas.armar, name="llamadas-armar"),
    path("capacitaciones/<int:pk>/llamadas/reafirmar/", llamadas.reafirmar, name="llamadas-reafirmar"),
    path("llamadas/<int:pk>/", llamadas.anotar, name="llamada-anotar"),
]
