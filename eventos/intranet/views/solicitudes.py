"""Atender una solicitud de capacitación: leerla y elegir qué se responde."""

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions import solicitud as acciones
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_fila, exigir
from eventos.intranet.forms.solicitud import AceptarForm, DerivarForm, NoProcedeForm, RemitirForm
from eventos.models import Capacitacion, Solicitud

# Lo que se puede responder según a quién se dirigió (R69): (clave, rótulo, formulario, acción).
RESPUESTAS = {
    Solicitud.Destinatario.CENTRO: (
        ("aceptar", "Aceptarla y programar la capacitación", AceptarForm, acciones.aceptar),
        ("derivar", "Derivarla: no es del ámbito del centro", DerivarForm, acciones.derivar),
        ("no_procede", "No procede", NoProcedeForm, acciones.no_procede),
    ),
    Solicitud.Destinatario.ENTE_RECTOR: (
        ("remitir", "Remitirla al ente rector por el STD", RemitirForm, acciones.remitir),
        ("no_procede", "No procede", NoProcedeForm, acciones.no_procede),
    ),
}
FILAS = Solicitud.objects.select_related("centro", "entidad__distrito__provincia__departamento", "atendida_por")


@con_fila(FILAS, permissions.puede_ver_solicitudes)
def atender(request, solicitud):
    puede = permissions.puede_atender_solicitud(request.user, solicitud)
    respuestas = [(clave, rotulo, _form(request, clase, clave, solicitud), hacer)
                  for clave, rotulo, clase, hacer in RESPUESTAS[solicitud.dirigida_a]]  # fmt: skip
    if request.method == "POST":
        exigir(puede)
        for _, _, form, hacer in respuestas:
            if form.is_valid() and (hecho := _hacer(request, solicitud, form, hacer)):
                return _seguir(request, hecho)
    contexto = {"solicitud": solicitud, "respuestas": respuestas, "puede": puede}
    contexto["capacitaciones"] = solicitud.capacitaciones.all()
    return render(request, "eventos/intranet/solicitud.html", contexto)


def _form(request, clase, clave, solicitud):
    datos = request.POST if request.POST.get("respuesta") == clave else None
    return clase(datos, initial={"titulo": solicitud.tema[:160]}, prefix=clave)


def _hacer(request, solicitud, form, hacer):
    """Lo que la acción devolvió, o ``None`` y el motivo en el formulario."""
    try:
        return hacer(solicitud=solicitud, por=request.user, **form.cleaned_data)
    except NoProcede as error:
        form.add_error(None, str(error))
        return None


def _seguir(request, hecho):
    if isinstance(hecho, Capacitacion):
        messages.success(request, "Aceptada. Complete la capacitación: ya tiene la entidad y lo que pidió.")
        return redirect("eventos_intranet:editar", hecho.pk)
    messages.success(request, f"Atendida: {hecho.get_estado_display().lower()}.")
    return redirect("solicitudes-de-capacitacion_modeladmin_index")
