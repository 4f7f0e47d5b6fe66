"""Pedir la validación del contenido, revisarlo y decidir (R74, R75)."""

from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from eventos import permissions
from eventos.actions.rechazos import NoProcede
from eventos.actions.validacion import decidir, pedir_validacion
from eventos.documentos import anexo5 as documento
from eventos.intranet.acceso import con_capacitacion, con_validacion, exigir
from eventos.intranet.forms.validaciones import DecisionForm
from eventos.validaciones import color_de, huella_de, situacion_de

SIN_ROL = "Solo decide el Responsable Técnico de este sistema."


@require_POST
@con_capacitacion(permissions.puede_ver_capacitaciones)
def pedir(request, capacitacion):
    exigir(permissions.puede_pedir_validacion(request.user, capacitacion))
    try:
        pedidas = pedir_validacion(capacitacion=capacitacion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        sistemas = ", ".join(str(validacion.sistema) for validacion in pedidas)
        texto = f"Se pidió la validación: {sistemas}." if pedidas else "Ya estaba pedida."
        messages.success(request, texto)
    return redirect("eventos_intranet:panel", capacitacion.pk)


@con_validacion(permissions.puede_ver_validaciones)
def revisar(request, validacion):
    huella = huella_de(validacion.capacitacion)
    form = DecisionForm(request.POST or None, initial={"huella": huella})
    if request.method == "POST":
        exigir(permissions.puede_validar(request.user, validacion), SIN_ROL)
        if form.is_valid() and _decidir(request, validacion, form):
            return redirect("eventos_intranet:validacion", validacion.pk)
        # Lo escrito se queda, pero se decide sobre el contenido que ahora se muestra.
        form.data = form.data | {"huella": huella}
    return render(request, "eventos/intranet/validacion.html", _contexto(request, validacion, form))


def _decidir(request, validacion, form) -> bool:
    try:
        decidir(validacion=validacion, aprueba=form.aprueba, por=request.user, **form.cleaned_data)
    except NoProcede as error:
        form.add_error(None, str(error))
        return False
    hecho = "Aprobado" if form.aprueba else "Devuelto"
    messages.success(request, f"{hecho}. El aviso al especialista y al centro está en la bandeja de salida.")
    return True


def _contexto(request, validacion, form):
    capacitacion = validacion.capacitacion
    puede = permissions.puede_validar(request.user, validacion)
    cambio = validacion.esta_aprobada and validacion.huella_contenido != huella_de(capacitacion)
    return {
        "validacion": validacion,
        "capacitacion": capacitacion,
        "form": form if puede and validacion.estado == validacion.Estado.PENDIENTE else None,
        "situacion": situacion_de(validacion),
        "color": color_de(validacion),
        "cambio_despues": cambio,
        "decisiones": validacion.decisiones.select_related("tomada_por"),
        "sesiones": capacitacion.sesiones.prefetch_related("actividades"),
        "materiales": capacitacion.materiales.all(),
    }


@require_safe
@con_validacion(permissions.puede_ver_validaciones)
def anexo5(request, validacion):
    """El programa en PDF, como está hoy."""
    capacitacion = validacion.capacitacion
    return respuesta_pdf(documento.pdf(capacitacion), f"anexo5-{slugify(capacitacion.titulo)[:80]}.pdf")
