"""Los materiales de una capacitación: subirlos, ordenarlos, titularlos y quitarlos."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from custodia.archivos import vista_de_archivo
from eventos import permissions
from eventos.actions.material import guardar_materiales
from eventos.archivos import entregar
from eventos.intranet.acceso import con_aviso_de_permiso, con_capacitacion, exigir
from eventos.intranet.forms.materiales import MaterialForm, SubirForm
from eventos.intranet.forms.programacion import filas_de
from eventos.models import Material

TOPE = 100


@con_capacitacion(permissions.puede_ver_capacitaciones)
def materiales(request, capacitacion):
    exigir(permissions.puede_cargar_materiales(request.user, capacitacion))
    es_envio = request.method == "POST"
    subir = SubirForm(request.POST, request.FILES) if es_envio else SubirForm()
    filas = _filas(request, capacitacion)
    if es_envio and all([subir.is_valid(), filas.is_valid()]):
        nuevos = guardar_materiales(
            capacitacion=capacitacion,
            filas=filas_de(filas),
            archivos=subir.cleaned_data["archivos"],
            visible_antes=subir.cleaned_data["visible_antes"],
            por=request.user,
        )
        messages.success(request, _que_paso(nuevos))
        return redirect("eventos_intranet:materiales", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "subir": subir, "filas": filas}
    return render(request, "eventos/intranet/materiales.html", contexto)


def _filas(request, capacitacion):
    clase = forms.modelformset_factory(
        Material, form=MaterialForm, extra=0, can_delete=True, max_num=TOPE, absolute_max=TOPE, edit_only=True
    )
    datos = request.POST if request.method == "POST" else None
    return clase(datos, queryset=capacitacion.materiales.select_related("capacitacion"), prefix="materiales")


def _que_paso(nuevos) -> str:
    if not nuevos:
        return "Se guardaron los materiales."
    return "Se subió un archivo. Revise su título." if len(nuevos) == 1 else f"Se subieron {len(nuevos)} archivos."


@vista_de_archivo
@require_safe
@con_aviso_de_permiso
def descargar(request, pk):
    """El archivo, para el personal, aunque el público todavía no lo vea."""
    exigir(permissions.puede_ver_capacitaciones(request.user))
    fila = get_object_or_404(Material.objects.para(request.user).select_related("capacitacion"), pk=pk)
    try:
        return entregar(fila)
    except FileNotFoundError as error:
        raise Http404 from error
