"""Pantallas de la intranet que no son un registro: la cuenta de un miembro del personal."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from directorio.actions.acceso import AccesoImposible, dar_acceso, invitar, quitar_acceso
from directorio.forms import AccesoForm
from directorio.models import Personal

puede_dar_cuentas = permission_required("organizacion.add_usuario")


def _personal(request, pk):
    return get_object_or_404(Personal.objects.para(request.user).select_related("usuario", "centro", "sistema"), pk=pk)


@puede_dar_cuentas
def acceso(request, pk):
    """La cuenta de un miembro del personal: abrirla si no la tiene; ver sus roles y cerrarla si la tiene."""
    personal = _personal(request, pk)
    if personal.usuario and personal.usuario.is_active:
        return render(request, "directorio/acceso_abierto.html", {"personal": personal})
    iniciales = {"username": personal.correo.split("@")[0].lower(), "email": personal.correo}
    form = AccesoForm(request.POST or None, personal=personal, instance=personal.usuario, initial=iniciales)
    if request.method == "POST" and form.is_valid():
        datos = form.cleaned_data
        try:
            dar_acceso(
                personal=personal,
                username=datos["username"],
                correo=datos["email"],
                rol=datos["rol"],
                por=request.user,
                request=request,
            )
        except AccesoImposible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{personal} ya tiene acceso. Le enviamos la invitación a {datos['email']}.")
            return redirect("personal_acceso", pk=pk)
    return render(request, "directorio/acceso_form.html", {"personal": personal, "form": form})


@require_POST
@puede_dar_cuentas
def reenviar_invitacion(request, pk):
    personal = _personal(request, pk)
    if personal.usuario and personal.usuario.is_active:
        invitar(personal=personal, por=request.user)
        messages.success(request, f"Enviamos otra invitación a {personal.usuario.email}.")
    return redirect("personal_acceso", pk=pk)


@require_POST
@puede_dar_cuentas
def cerrar_acceso(request, pk):
    personal = _personal(request, pk)
    try:
        quitar_acceso(personal=personal, por=request.user, request=request)
    except AccesoImposible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{personal} ya no tiene acceso.")
    return redirect("personal_acceso", pk=pk)
