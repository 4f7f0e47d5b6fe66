"""El cupo que se le ofreció a alguien de la lista de espera: la página pregunta y el POST acepta o libera."""

from django.shortcuts import redirect, render

from eventos.actions.inscripcion import anular
from eventos.actions.oferta import OfertaRechazada, aceptar
from eventos.models import Inscripcion

from .inscripcion import con_enlace, migas_hasta


@con_enlace
def oferta(request, inscripcion, token):
    """Muestra qué se ofrece y hasta cuándo; si ya no hay qué aceptar, dice por qué."""
    if request.method == "POST":
        if _responder(request, inscripcion):
            return redirect("eventos:inscripcion-ver", token)
        inscripcion.refresh_from_db()
    capacitacion = inscripcion.capacitacion
    contexto = {
        "inscripcion": inscripcion,
        "capacitacion": capacitacion,
        "token": token,
        "corre": inscripcion.tiene_oferta() and not capacitacion.esta_cancelada,
        "vencida": _vencio(inscripcion) and not capacitacion.esta_cancelada,
        "migas": [*migas_hasta(capacitacion), ("Cupo ofrecido", "")],
    }
    return render(request, "eventos/oferta.html", contexto)


def _responder(request, inscripcion) -> bool:
    """Acepta o libera; ``False`` si no se pudo, y la página dice por qué."""
    if "liberar" in request.POST:
        if inscripcion.tiene_oferta():
            anular(inscripcion=inscripcion, request=request)
            return True
        return False
    try:
        aceptar(inscripcion=inscripcion, request=request)
    except OfertaRechazada:
        return False
    return True


def _vencio(inscripcion) -> bool:
    if inscripcion.estado == Inscripcion.Estado.OFRECIDA:
        return not inscripcion.tiene_oferta()
    return inscripcion.motivo_anulacion == Inscripcion.MotivoAnulacion.OFERTA_VENCIDA
