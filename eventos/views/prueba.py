"""Las pruebas de entrada y salida de quien se inscribió (R89): cuáles le tocan, contestarlas y ver su puntaje."""

import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render

from eventos import enlaces
from eventos.actions.nota import NoProcede, contestar
from eventos.forms.prueba import RespuestasForm
from eventos.models import Inscripcion
from eventos.pruebas import GRACIA, esta_abierta, pruebas_de

from .inscripcion import con_enlace, migas_hasta, privada


@con_enlace
def lista(request, inscripcion, token):
    contexto = _contexto(inscripcion, token, "Sus pruebas") | {"pruebas": pruebas_de(inscripcion)}
    return render(request, "eventos/pruebas.html", contexto)


@privada
def una(request, token, pk, momento):
    """La página de una prueba; el POST la califica, una sola vez. Si no toca, vuelve a la lista, que dice por qué."""
    try:
        inscripcion = enlaces.inscripcion_de(token)
    except Inscripcion.DoesNotExist:
        return render(request, "eventos/enlace_invalido.html", status=404)
    propia = next((p for p in pruebas_de(inscripcion) if (p.prueba.pk, p.momento.value) == (pk, momento)), None)
    if propia is None:
        raise Http404
    gracia = GRACIA if request.method == "POST" else dt.timedelta()
    if propia.nota or not esta_abierta(inscripcion.capacitacion, momento, gracia=gracia):
        return redirect("eventos:pruebas", token)
    form = RespuestasForm(request.POST if request.method == "POST" else None, prueba=propia.prueba)
    if form.is_valid() and _calificar(request, propia, inscripcion, form):
        return redirect("eventos:pruebas", token)
    contexto = _contexto(inscripcion, token, f"Prueba de {propia.momento.label.lower()}")
    return render(request, "eventos/prueba_form.html", contexto | {"propia": propia, "form": form})


def _calificar(request, propia, inscripcion, form) -> bool:
    try:
        contestar(
            prueba=propia.prueba,
            inscripcion=inscripcion,
            momento=propia.momento,
            respuestas=form.respuestas,
            request=request,
        )
    except NoProcede as error:
        form.add_error(None, str(error))
        return False
    return True


def _contexto(inscripcion, token, miga):
    capacitacion = inscripcion.capacitacion
    migas = [*migas_hasta(capacitacion), (miga, "")]
    return {"inscripcion": inscripcion, "capacitacion": capacitacion, "token": token, "migas": migas}
