"""Inscribir a quien avisó por teléfono o por correo que quiere participar (R82)."""

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.inscripcion import InscripcionRechazada
from eventos.actions.interes import registrar_interes
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.interes import InteresForm, de_la_invitacion
from eventos.models import Inscripcion


@con_capacitacion(permissions.puede_ver_inscripciones)
def inscribir(request, capacitacion):
    """«?invitacion=» trae puesto lo que el directorio sabe de quien se llamó, y une lo que salga."""
    exigir(permissions.puede_inscribir(request.user, capacitacion), "Se inscribe en una capacitación publicada.")
    invitacion = _invitacion(request, capacitacion)
    inicial = de_la_invitacion(invitacion) if invitacion else None
    form = InteresForm(request.POST or None, capacitacion=capacitacion, initial=inicial)
    if form.is_valid() and _inscribir(request, form, invitacion):
        destino = "llamadas" if invitacion else "interes"
        return redirect(f"eventos_intranet:{destino}", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "form": form, "invitacion": invitacion}
    return render(request, "eventos/intranet/interes.html", contexto)


def _invitacion(request, capacitacion):
    llave = request.GET.get("invitacion", "")
    if not llave.isdecimal() or len(llave) >= 19:
        return None
    return capacitacion.invitaciones.select_related("operador", "entidad", "inscripcion").filter(pk=llave).first()


def _inscribir(request, form, invitacion) -> bool:
    try:
        inscripcion = registrar_interes(
            capacitacion=form.capacitacion,
            datos=form.datos,
            canal=form.cleaned_data["canal"],
            por=request.user,
            invitacion=invitacion,
            request=request,
        )
    except (InscripcionRechazada, NoProcede) as error:
        form.add_error(None, str(error))
        return False
    espera = " Quedó en la lista de espera." if inscripcion.estado == Inscripcion.Estado.EN_ESPERA else ""
    codigo = "" if inscripcion.correo else f" No dio correo: dígale su código, {inscripcion.codigo}."
    messages.success(request, f"Inscrita: {inscripcion}.{espera}{codigo}")
    return True
