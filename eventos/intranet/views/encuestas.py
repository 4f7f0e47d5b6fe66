"""Digitar las encuestas de papel (Anexo 7) y ver sus resultados."""

import uuid

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.encuesta import registrar_respuestas
from eventos.encuestas import resumen_de
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.cuestionario import columnas_de
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
        if lote.is_valid() and hojas.is_valid():
            _registrar(request, capacitacion, hojas, lote.cleaned_data["lote"])
            return redirect("eventos_intranet:encuestas", capacitacion.pk)
    contexto = {
        "capacitacion": capacitacion,
        "puede_registrar": puede_registrar,
        "grupos": grupos,
        "hojas": hojas,
        "lote": lote,
        "escala": ESCALA,
        "resumen": resumen_de(capacitacion),
    }
    return render(request, "eventos/intranet/encuestas.html", contexto)


def _registrar(request, capacitacion, hojas, lote):
    cuantas = registrar_respuestas(
        capacitacion=capacitacion, respuestas=[form.hoja for form in hojas], lote=lote, por=request.user
    )
    if cuantas:
        messages.success(request, f"Se guardaron {cuantas} encuestas.")
    else:
        messages.warning(request, "No había encuestas nuevas que guardar.")
