"""Armar el programa del evento (Anexo 5): por filas, o desde una propuesta que se edita antes de guardar."""

from django import forms
from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.programa import guardar_programa
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.programacion import ActividadForm, filas_de
from eventos.models import ActividadPrograma
from eventos.propuesta_de_programa import proponer

EN_BLANCO = 3
TOPE = {"max_num": 60, "absolute_max": 60, "validate_max": True}


@con_capacitacion(permissions.puede_ver_capacitaciones)
def programa(request, capacitacion):
    """Con ``?proponer=1`` las filas nuevas vienen llenas; nada se guarda hasta enviarlas."""
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    es_envio = request.method == "POST"
    ya = ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion)
    se_propone = "proponer" in request.GET and not es_envio and not ya.exists()
    propuesta = proponer(capacitacion) if se_propone else []
    actividades = _actividades(request, capacitacion, ya, propuesta)
    if es_envio and actividades.is_valid() and _guardar(request, capacitacion, actividades):
        return redirect("eventos_intranet:panel", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "actividades": actividades, "es_propuesta": bool(propuesta)}
    return render(request, "eventos/intranet/programa_form.html", contexto)


def _guardar(request, capacitacion, actividades) -> bool:
    try:
        guardar_programa(capacitacion=capacitacion, actividades=filas_de(actividades), por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
        return False
    messages.success(request, "Se guardó el programa.")
    return True


def _actividades(request, capacitacion, ya, propuesta):
    """La propuesta va solo en filas nuevas, y solo al mostrarlas: lo enviado se compara con una fila en blanco."""
    clase = forms.modelformset_factory(
        ActividadPrograma, form=ActividadForm, extra=len(propuesta) + EN_BLANCO, can_delete=True, **TOPE
    )
    return clase(
        request.POST if request.method == "POST" else None,
        queryset=ya.order_by("sesion__fecha", "hora_inicio", "pk"),
        prefix="actividades",
        initial=propuesta or None,
        form_kwargs={"sesiones": capacitacion.sesiones.all()},
    )
