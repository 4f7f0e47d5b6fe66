from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from directorio.actions import anular_cambio_programado
from directorio.models import Personal

from .base import con_fila


@require_POST
@con_fila(Personal.objects.all(), "directorio.change_personal")
def anular_cambio(request, personal):
    anular_cambio_programado(personal=personal, por=request.user, request=request)
    messages.success(request, f"{personal} sigue en su puesto.")
    return redirect("directorio_personal_modeladmin_inspect", personal.pk)
