"""La respuesta a una invitación personal: la página pregunta y el POST anota (R77, invariante 7)."""

from django.shortcuts import redirect, render
from django.urls import reverse

from eventos import enlaces
from eventos.actions.convocatoria import YaNoSeResponde, responder
from eventos.actions.rechazos import ExpedienteCerrado
from eventos.models import Capacitacion, Invitacion

from .inscripcion import migas_hasta, que_resuelve

Situacion = Capacitacion.Situacion
YA_PASO = {Situacion.EMPEZADA, Situacion.REALIZADA, Situacion.CANCELADA, Situacion.SIN_FECHA}


@que_resuelve(enlaces.invitacion_de)
def invitacion_personal(request, invitacion, token):
    """A quién se dirige, a qué y cuándo; «Sí, asistiré» lleva al formulario de inscripción."""
    capacitacion = invitacion.capacitacion
    if request.method == "POST" and _responder(request, invitacion):
        asistira = request.POST["respuesta"] == Invitacion.Respuesta.ASISTIRA
        if asistira and capacitacion.admite_inscripcion() and not invitacion.tiene_inscripcion:
            return redirect(_url_de_inscripcion(invitacion))
        return redirect("eventos:invitacion-personal", token)
    situacion = capacitacion.situacion()
    contexto = {
        "invitacion": invitacion,
        "capacitacion": capacitacion,
        "situacion": situacion,
        "se_responde": capacitacion.esta_publicada and situacion not in YA_PASO,
        "admite": capacitacion.admite_inscripcion(),
        "url_inscripcion": _url_de_inscripcion(invitacion),
        "migas": [*migas_hasta(capacitacion), ("Invitación", "")],
    }
    return render(request, "eventos/invitacion_personal.html", contexto)


def _responder(request, invitacion) -> bool:
    """``False`` si la respuesta no es una de las dos o ya no se responde: la página dice en qué está."""
    respuesta = request.POST.get("respuesta")
    if respuesta not in Invitacion.Respuesta.values:
        return False
    try:
        responder(invitacion=invitacion, respuesta=respuesta, request=request)
    except (YaNoSeResponde, ExpedienteCerrado):
        return False
    return True


def _url_de_inscripcion(invitacion) -> str:
    consulta = {"invitacion": enlaces.sello_de(invitacion)}
    return reverse("eventos:inscripcion-crear", args=[invitacion.capacitacion.slug], query=consulta)
