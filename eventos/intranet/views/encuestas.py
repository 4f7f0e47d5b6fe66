"""La pantalla de encuestas (Anexo 7): aplicarla en línea, digitar las de papel y ver los resultados."""

import uuid

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.encuesta import registrar_respuestas
from eventos.actions.rechazos import NoProcede
from eventos.cuestionario import columnas_de
from eventos.encuestas import en_linea, resumen_de
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.encuestas import HojasFormSet, LoteForm
from eventos.models.encuesta import ESCALA


@con_capacitacion(permissions.puede_ver_encuestas)
def encuestas(request, capacitacion):
    if not capacitacion.lleva_encuesta:
        contexto = {"capacitacion": capacitacion}
        return render(request, "eventos/intranet/sin_encuesta.html", contexto, status=404)
    puede_registrar = permissions.puede_registrar_encuestas(request.user, capacitacion)
    grupos = columnas_de(capacitacion.expositores.all())
    datos = request.POST if request.method == "POST" else None
    hojas = HojasFormSet(datos, prefix="hojas", form_kwargs={"grupos": grupos})
    lote = LoteForm(datos, initial={"lote": uuid.uuid4()})
    if request.method == "POST":
        exigir(puede_registrar)
        if lote.is_valid() and hojas.is_valid() and _registrar(request, capacitacion, hojas, lote):
            return redirect("eventos_intranet:encuestas", capacitacion.pk)
    contexto = {
        "capacitacion": capacitacion,
        "puede_registrar": puede_registrar,
        "grupos": grupos,
        "hojas": hojas,
        "lote": lote,
        "escala": ESCALA,
        "resumen": resumen_de(capacitacion),
        "en_linea": en_linea(capacitacion),
    }
    return render(request, "eventos/intranet/encuestas.html", contexto)


def _registrar(request, capacitacion, hojas, lote) -> bool:
    """``False`` si una regla lo impide: la pantalla dice cuál y conserva lo digitado."""
    try:
        cuantas = registrar_respuestas(
            capacitacion=capacitacion,
            respuestas=[form.hoja for form in hojas],
            lote=lote.cleaned_data["lote"],
            por=request.user,
        )
    except NoProcede as error:
        lote.add_error(None, str(error))
        return False
    if cuantas:
        texto = "Se guardó una encuesta." if cuantas == 1 else f"Se guardaron {cuantas} encuestas."
        messages.success(request, texto)
    else:
        messages.warning(request, "No había encuestas nuevas que guardar.")
    return True
