"""Los suscriptores en la intranet."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from boletines.actions import bajas as actions
from boletines.models import Suscriptor
from boletines.permissions import puede_dar_de_baja


@require_http_methods(["GET", "HEAD", "POST"])
def dar_de_baja(request, pk):
    if not puede_dar_de_baja(request.user):
        raise PermissionDenied
    suscriptor = get_object_or_404(Suscriptor.objects.para(request.user), pk=pk)
    if request.method == "POST":
        actions.dar_de_baja(suscriptor=suscriptor, por=request.user, request=request)
        messages.success(request, f"{suscriptor} ya no recibirá el boletín.")
        return redirect("boletines_suscriptor_modeladmin_index")
    return render(request, "boletines/intranet/suscriptor_baja.html", {"suscriptor": suscriptor})
