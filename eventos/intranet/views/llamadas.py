"""Las llamadas de una capacitación: a quién, a qué número y en qué quedó cada una (R78, R79)."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.exportar import XLSX, respuesta_tabla
from comun.motivo import con_motivo
from comun.registros import al_exportar
from eventos import permissions
from eventos.actions import seguimiento as acciones
from eventos.actions.rechazos import NoProcede
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.llamadas import LlamadaForm
from eventos.models import Llamada

Asunto, Resultado = Llamada.Asunto, Llamada.Resultado
DE_TODAS = (Resultado.LLAMADO, Resultado.CONFIRMO, Resultado.NO_ASISTIRA, Resultado.NO_CONTESTA)
DE_AVISO = (Resultado.LLAMADO, Resultado.ESCRITO, Resultado.NO_CONTESTA)
# Lo que se puede anotar de cada asunto: a quien se le avisa que se canceló no se le pregunta si irá.
BOTONES = {
    Asunto.CONVOCATORIA: DE_TODAS,
    Asunto.REAFIRMACION: (Resultado.CONFIRMO, Resultado.ESCRITO, Resultado.NO_ASISTIRA, Resultado.NO_CONTESTA),
    Asunto.CANCELACION: DE_AVISO,
    Asunto.CAMBIO: (Resultado.CONFIRMO, *DE_AVISO[:2], Resultado.NO_ASISTIRA, Resultado.NO_CONTESTA),
}
ENCABEZADOS = ("Asunto", "Nombre", "Cargo", "Entidad", "Teléfono", "Correo", "Resultado", "Nota", "Cuándo", "Quién")


@con_capacitacion(permissions.puede_ver_llamadas, propia=True)
def llamadas(request, capacitacion):
    asuntos = _asuntos(capacitacion)
    asunto = _elegido(request, asuntos)
    filas = list(capacitacion.llamadas.filter(asunto=asunto).para_llamar())
    contexto = {
        "capacitacion": capacitacion,
        "asuntos": asuntos,
        "asunto": asunto,
        "llamadas": filas,
        "faltan": sum(fila.esta_pendiente for fila in filas),
        "puede_armar": permissions.puede_armar_llamadas(request.user, capacitacion) and not capacitacion.ya_empezo(),
        "puede_reafirmar": permissions.puede_reafirmar(request.user, capacitacion),
        **_lo_de_cada_fila(request, capacitacion, asunto),
    }
    return render(request, "eventos/intranet/llamadas.html", contexto)


def _asuntos(capacitacion) -> list[tuple]:
    """(asunto, rótulo, cuántas, cuántas faltan) de los que tienen llamadas."""
    pares = list(capacitacion.llamadas.order_by().values_list("asunto", "resultado"))
    de_cada_uno = [(asunto, [resultado for de, resultado in pares if de == asunto]) for asunto in Asunto]
    return [(a, a.label, len(r), r.count(Resultado.PENDIENTE)) for a, r in de_cada_uno if r]


def _elegido(request, asuntos) -> str:
    """El de la dirección; si no lo dice, el primero con llamadas pendientes."""
    pedido = request.GET.get("asunto", "")
    if pedido in Asunto.values:
        return pedido
    con_pendientes = [asunto for asunto, _, _, faltan in asuntos if faltan]
    return (con_pendientes or [asunto for asunto, *_ in asuntos] or [Asunto.CONVOCATORIA])[0]


def _lo_de_cada_fila(request, capacitacion, asunto) -> dict:
    """Lo que la plantilla de una llamada pide además de la fila."""
    puede_inscribir = permissions.puede_inscribir(request.user, capacitacion) and not capacitacion.ya_empezo()
    return {
        "botones": BOTONES[asunto],
        "puede_llamar": _puede_anotar(request.user, capacitacion, asunto),
        "puede_inscribir": puede_inscribir and asunto == Asunto.CONVOCATORIA,
        "puede_anular": puede_inscribir and asunto != Asunto.CONVOCATORIA,
    }


def _puede_anotar(usuario, capacitacion, asunto) -> bool:
    if asunto == Asunto.REAFIRMACION:
        return permissions.puede_reafirmar(usuario, capacitacion)
    return permissions.puede_llamar(usuario, capacitacion)


@require_POST
@con_capacitacion(permissions.puede_ver_llamadas, propia=True)
def armar(request, capacitacion):
    exigir(permissions.puede_armar_llamadas(request.user, capacitacion))
    return _armar(request, capacitacion, Asunto.CONVOCATORIA, acciones.armar_lista_de_llamadas)


@require_POST
@con_capacitacion(permissions.puede_ver_llamadas, propia=True)
def reafirmar(request, capacitacion):
    exigir(permissions.puede_reafirmar(request.user, capacitacion), "Reafirma el especialista de la capacitación.")
    sistemas = permissions.sistemas_que_reafirma(request.user, capacitacion)
    return _armar(request, capacitacion, Asunto.REAFIRMACION, acciones.armar_reafirmacion, sistemas=sistemas)


def _armar(request, capacitacion, asunto, accion, **datos):
    try:
        cuantas = accion(capacitacion=capacitacion, por=request.user, request=request, **datos)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Se agregaron {cuantas} por llamar." if cuantas else "La lista ya estaba completa.")
    return redirect(_url(capacitacion.pk, asunto))


def _url(pk, asunto, fila=None) -> str:
    url = reverse("eventos_intranet:llamadas", args=[pk], query={"asunto": asunto})
    return f"{url}#llamada-{fila}" if fila else url


@require_POST
@con_fila(Llamada.objects.para_llamar(), permissions.puede_ver_llamadas)
def anotar(request, llamada):
    """Un toque anota el resultado. A htmx se le da la fila y la cuenta; sin él, se vuelve a la lista."""
    capacitacion = llamada.capacitacion
    exigir(_puede_anotar(request.user, capacitacion, llamada.asunto))
    form, error = LlamadaForm(request.POST), ""
    if form.is_valid():
        try:
            acciones.anotar_llamada(llamada=llamada, por=request.user, request=request, **form.cleaned_data)
        except NoProcede as motivo:
            error = str(motivo)
    else:
        error = " ".join(mensaje for mensajes in form.errors.values() for mensaje in mensajes)
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect(_url(capacitacion.pk, llamada.asunto, llamada.pk))
    return _responder_fila(request, llamada, error)


def _responder_fila(request, llamada, error):
    capacitacion, asunto = llamada.capacitacion, llamada.asunto
    contexto = {
        "llamada": capacitacion.llamadas.para_llamar().get(pk=llamada.pk),
        "error": error,
        "escrito": request.POST.get("nota", "")[:400] if error else "",
        "faltan": capacitacion.llamadas.filter(asunto=asunto).pendientes().count(),
        "total": capacitacion.llamadas.filter(asunto=asunto).count(),
        **_lo_de_cada_fila(request, capacitacion, asunto),
    }
    return render(request, "eventos/intranet/_llamada_respuesta.html", contexto)


@con_capacitacion(permissions.puede_ver_llamadas, propia=True)
@con_motivo(Llamada, volver="eventos_intranet:llamadas")
def llamadas_xlsx(request, capacitacion):
    filas = list(capacitacion.llamadas.para_llamar())
    for avisar in al_exportar:
        avisar(request.user, Llamada, len(filas), request)
    tabla = [
        (
            fila.get_asunto_display(),
            fila.nombre,
            fila.cargo,
            fila.nombre_de_entidad,
            fila.telefono,
            fila.correo,
            fila.get_resultado_display(),
            fila.nota,
            fila.llamada_en,
            str(fila.llamada_por or ""),
        )
        for fila in filas
    ]
    return respuesta_tabla(ENCABEZADOS, tabla, nombre=f"llamadas-{capacitacion.slug}"[:80], formato=XLSX)
