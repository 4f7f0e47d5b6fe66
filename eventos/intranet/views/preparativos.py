"""Los preparativos de una capacitación: autorización, coordinación y quién abre, cierra y lleva la logística."""

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.preparativos import guardar_preparativos
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.preparativos import PreparativosForm
from eventos.preparativos import faltan, preparativos_de


@con_capacitacion(permissions.puede_ver_preparativos)
def preparativos(request, capacitacion):
    exigir(permissions.puede_registrar_preparativos(request.user, capacitacion))
    form = PreparativosForm(request.POST or None, instance=preparativos_de(capacitacion), capacitacion=capacitacion)
    if form.is_valid():
        try:
            guardar_preparativos(capacitacion=capacitacion, datos=form.cleaned_data, por=request.user)
        except NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Se guardaron los preparativos.")
            return redirect("eventos_intranet:panel", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "form": form}
    contexto["faltas"] = faltan(capacitacion, preparativos_de(capacitacion))
    return render(request, "eventos/intranet/preparativos.html", contexto)
