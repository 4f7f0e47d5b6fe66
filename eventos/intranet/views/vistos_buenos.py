"""El visto bueno en las papeletas de comisión de quienes firmaron su asistencia (R85)."""

from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from custodia.actions import anotar
from eventos import permissions
from eventos.actions.visto_bueno import NoProcede, quitar_sello, sellar
from eventos.documentos import vistos_buenos as documento
from eventos.intranet.acceso import con_capacitacion, con_inscripcion, exigir
from eventos.intranet.forms.vistos_buenos import PapeletaForm
from eventos.models import Asistencia, VistoBueno


@con_capacitacion(permissions.puede_ver_vistos_buenos, propia=True)
def vistos_buenos(request, capacitacion):
    firmas = Asistencia.objects.firmadas().filter(inscripcion=OuterRef("pk"))
    sellos = VistoBueno.objects.filter(inscripcion=OuterRef("pk"))
    filas = capacitacion.inscripciones.annotate(firmo=Exists(firmas)).filter(Exists(firmas) | Exists(sellos))
    contexto = {
        "capacitacion": capacitacion,
        "filas": filas.select_related("visto_bueno__sellado_por", "persona", "entidad").order_by("texto_busqueda"),
        "sellados": capacitacion.vistos_buenos.count(),
        "puede_sellar": permissions.puede_sellar(request.user, capacitacion),
        "puede_quitar": permissions.puede_quitar_sello(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/vistos_buenos.html", contexto)


@require_POST
@con_inscripcion(permissions.puede_ver_vistos_buenos)
def poner(request, inscripcion):
    exigir(permissions.puede_sellar(request.user, inscripcion.capacitacion))
    form = PapeletaForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"{inscripcion}: revise el número de papeleta (60 caracteres a lo más).")
        return _volver(inscripcion)
    try:
        sellar(inscripcion=inscripcion, papeleta=form.cleaned_data["papeleta"], por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Visto bueno registrado: {inscripcion}.")
    return _volver(inscripcion)


@require_POST
@con_inscripcion(permissions.puede_ver_vistos_buenos)
def quitar(request, inscripcion):
    exigir(permissions.puede_quitar_sello(request.user, inscripcion.capacitacion))
    try:
        quitar_sello(inscripcion=inscripcion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Se quitó el visto bueno de {inscripcion}.")
    return _volver(inscripcion)


def _volver(inscripcion):
    respuesta = redirect("eventos_intranet:vistos-buenos", inscripcion.capacitacion_id)
    respuesta["Location"] += f"#i{inscripcion.pk}"
    return respuesta


@require_safe
@con_capacitacion(permissions.puede_ver_vistos_buenos, propia=True)
def lista(request, capacitacion):
    """La lista para imprimir: lleva documentos, y queda anotado quién la bajó."""
    sellos = list(capacitacion.vistos_buenos.select_related("inscripcion__persona", "inscripcion__entidad"))
    detalle = {"filas": len(sellos)}
    anotar(accion="descargar vistos buenos", por=request.user, objeto=capacitacion, detalle=detalle, request=request)
    return respuesta_pdf(documento.pdf(capacitacion, sellos), f"vistos-buenos-{slugify(capacitacion.titulo)[:70]}.pdf")
