"""Aprobar o devolver la edición desde sus vistas previas."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from boletines.actions import aprobacion as actions
from boletines.models import BoletinPage
from boletines.permissions import puede_ver_borradores


class ResolverForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput)
    comentario = forms.CharField(max_length=1000, required=False, strip=True)


@require_POST
def resolver(request, pk):
    if not puede_ver_borradores(request.user):
        raise PermissionDenied
    boletin = get_object_or_404(BoletinPage, pk=pk)
    form = ResolverForm(request.POST)
    aprueba = "aprobar" in request.POST
    if not form.is_valid() or not (aprueba or form.cleaned_data["comentario"]):
        messages.error(request, "Escriba qué cambios pide, en mil letras a lo más.")
        return redirect("boletin_previa", boletin.pk)
    try:
        actions.resolver(boletin=boletin, por=request.user, aprueba=aprueba, request=request, **form.cleaned_data)
    except actions.NoEsperaAprobacion:
        messages.error(request, "Esta edición ya no espera su aprobación.")
    except actions.CambioEntretanto:
        messages.error(request, "Alguien la cambió mientras la miraba. Revise la nueva versión.")
        return redirect("boletin_previa", boletin.pk)
    else:
        hecho = "aprobada: se publica y se remite a los centros" if aprueba else "devuelta con sus observaciones"
        messages.success(request, f"{boletin.title}, {hecho}.")
    return redirect("boletines_ediciones")
