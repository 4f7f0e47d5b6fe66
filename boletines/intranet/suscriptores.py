"""Los suscriptores en la intranet: darlos de baja y borrarlos."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boletines.actions import bajas as actions
from boletines.forms import MotivoForm
from boletines.models import Suscriptor
from boletines.permissions import puede_borrar_suscriptor, puede_dar_de_baja

LISTA = "boletines_suscriptor_modeladmin_index"
PASOS = ["GET", "HEAD", "POST"]


@require_http_methods(PASOS)
def dar_de_baja(request, pk):
    if not puede_dar_de_baja(request.user):
        raise PermissionDenied
    suscriptor = get_object_or_404(Suscriptor.objects.propias(request.user), pk=pk)
    if request.method == "POST":
        actions.dar_de_baja(suscriptor=suscriptor, por=request.user, request=request)
        messages.success(request, f"{suscriptor} ya no recibirá ningún envío.")
        return redirect(LISTA)
    return render(request, "boletines/intranet/suscriptor_baja.html", {"suscriptor": suscriptor})


@require_http_methods(PASOS)
def borrar(request, pk):
    if not puede_borrar_suscriptor(request.user):
        raise PermissionDenied
    suscriptor = get_object_or_404(Suscriptor.objects.propias(request.user), pk=pk)
    form = MotivoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        motivo = form.cleaned_data["motivo"]
        actions.borrar_suscriptor(suscriptor=suscriptor, motivo=motivo, por=request.user, request=request)
        messages.success(request, "Se borraron sus datos. Su dirección queda suprimida: no se le escribirá más.")
        return redirect(LISTA)
    return render(request, "boletines/intranet/suscriptor_borrar.html", {"suscriptor": suscriptor, "form": form})
