from django.urls import path

from eventos.intranet.views import estadistica, expediente, informe

DE = "capacitaciones/<int:pk>/"

urlpatterns = [
    path(f"{DE}informe/", informe.informe, name="informe"),
    path(f"{DE}informe/fotos/", informe.fotos, name="informe-fotos"),
    path(f"{DE}informe/presentar/", informe.presentar, name="informe-presentar"),
    path("expositores/<int:pk>/informe/", informe.parte, name="informe-parte"),
    path("fotos/<int:pk>/", informe.foto, name="informe-foto"),
    path(f"{DE}anexo8.pdf", informe.anexo8, name="anexo8"),
    path(f"{DE}encuestas.pdf", informe.consolidado, name="encuestas-pdf"),
    path(f"{DE}expediente/", expediente.expediente, name="expediente"),
    path(f"{DE}expediente/recibir/", expediente.recibir, name="expediente-recibir"),
    path(f"{DE}expediente/cerrar/", expediente.cerrar, name="expediente-cerrar"),
    path(f"{DE}expediente/reabrir/", expediente.reabrir, name="expediente-reabrir"),
    path(f"{DE}expediente/verificar/", expediente.verificar, name="expediente-verificar"),
    path(f"{DE}expediente/expediente.pdf", expediente.archivo, name="expediente-archivo"),
    path(f"{DE}expediente/anexo-<str:anexo>/", expediente.pieza, name="expediente-pieza"),
    path(f"{DE}expediente/<slug:clave>.pdf", expediente.parte, name="expediente-parte"),
    path("expedientes/partes/<int:pk>.pdf", expediente.parte_guardada, name="expediente-parte-guardada"),
    path("expedientes/anulados/<int:pk>.pdf", expediente.anulado, name="expediente-anulado"),
    path("estadistica/", estadistica.estadistica, name="estadistica"),
]
