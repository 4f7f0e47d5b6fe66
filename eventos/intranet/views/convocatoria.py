"""Convocar: elegir operadores del directorio, revisar y enviar; a quién se invitó y qué respondió (R76, R77)."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages

from comun.exportar import XLSX, respuesta_tabla
from comun.motivo import con_motivo
from comun.pdf import respuesta_pdf
from comun.registros import al_exportar
from directorio.models import Entidad
from eventos import permissions
from eventos.actions import convocatoria as acciones
from eventos.actions.rechazos import NoProcede
from eventos.anticipacion import dias_de_anticipacion, dias_exigidos, en_dias, es_tardia
from eventos.convocados import MAXIMO, elegir, operadores_de
from eventos.correos_de_convocatoria import estados_de_envio, mensaje_de
from eventos.documentos import anexo4 as documento
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.convocatoria import EnviarForm, OperadoresForm
from eventos.models import Invitacion

NO_SE_CONVOCA = "Solo se convoca a una capacitación publicada que no ha empezado, y lo hace su centro."
ENCABEZADOS = ("Nombre", "Cargo", "Entidad", "Correo", "Teléfono", "Respuesta", "Se inscribió")


@con_capacitacion(permissions.puede_ver_convocatoria, propia=True)
def convocar(request, capacitacion):
    """Todo lo elegido va en la dirección: primero la lista, con «revisar» la vista previa, y el POST envía."""
    exigir(permissions.puede_convocar(request.user, capacitacion), NO_SE_CONVOCA)
    operadores = operadores_de(capacitacion, request.user)
    datos = request.GET if "ver" in request.GET else None
    form = OperadoresForm(datos, operadores=operadores, initial={"sistemas": capacitacion.sistemas.all()})
    seleccion = elegir(capacitacion, request.user, form.criterio, _quitados(request))
    if request.method == "POST" or "revisar" in request.GET:
        return _revisar(request, capacitacion, form.criterio, seleccion)
    contexto = {
        "capacitacion": capacitacion,
        "form": form,
        "seleccion": seleccion,
        "maximo": MAXIMO,
        "hay_operadores": operadores.exists(),
    }
    return render(request, "eventos/intranet/convocar.html", contexto)


def _quitados(request) -> set[int]:
    return {int(llave) for llave in request.GET.getlist("quitar") if llave.isdecimal() and len(llave) < 19}


def _revisar(request, capacitacion, criterio, seleccion):
    tardia = es_tardia(capacitacion)
    form = EnviarForm(request.POST or None, tardia=tardia, initial={"cuantos": len(seleccion.por_invitar)})
    if form.is_valid() and _convocar(request, form, capacitacion, criterio, seleccion):
        return redirect("eventos_intranet:invitados", capacitacion.pk)
    mensaje = mensaje_de(capacitacion)
    ejemplo = seleccion.por_invitar[0] if seleccion.por_invitar else None
    nombre = f"{ejemplo.nombres} {ejemplo.apellidos}" if ejemplo else "Nombre"
    propio = reverse("eventos:invitacion-personal", args=["enlace-propio-de-cada-persona"])
    contexto = {
        "capacitacion": capacitacion,
        "form": form,
        "seleccion": seleccion,
        "tardia": tardia,
        "faltan": en_dias(dias_de_anticipacion(capacitacion)),
        "exigidos": en_dias(dias_exigidos()),
        "asunto": mensaje.asunto,
        "texto": mensaje.texto.replace("%NOMBRE%", nombre).replace("%URL_BAJA%", request.build_absolute_uri(propio)),
        "volver": _sin_revisar(request),
    }
    return render(request, "eventos/intranet/convocar_revisar.html", contexto)


def _sin_revisar(request) -> str:
    consulta = request.GET.copy()
    consulta.pop("revisar", None)
    return f"?{consulta.urlencode()}"


def _convocar(request, form, capacitacion, criterio, seleccion) -> bool:
    if form.cleaned_data["cuantos"] != len(seleccion.por_invitar):
        form.add_error(None, f"La lista cambió mientras la revisaba: ahora son {len(seleccion.por_invitar)}. Revísela.")
        form.data = form.data.copy()
        form.data["cuantos"] = len(seleccion.por_invitar)
        return False
    try:
        acciones.convocar(
            capacitacion=capacitacion,
            operadores=seleccion.por_invitar,
            criterio=criterio.como_json(),
            motivo_tardia=form.cleaned_data.get("motivo_tardia", ""),
            por=request.user,
            request=request,
        )
    except NoProcede as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _hecho(seleccion))
    return True


def _hecho(seleccion) -> str:
    sin_correo = len(seleccion.sin_correo)
    aparte = f" {sin_correo} no tiene{'n' if sin_correo > 1 else ''} correo: llámelos." if sin_correo else ""
    return (
        f"Convocatoria hecha: {len(seleccion.por_invitar)} personas de {len(seleccion.entidades)} entidades. "
        f"Los correos salen por la bandeja de salida.{aparte}"
    )


@con_capacitacion(permissions.puede_ver_convocatoria, propia=True)
def invitados(request, capacitacion):
    """A quién se invitó, si su correo salió y qué respondió."""
    filas = _invitaciones(capacitacion)
    contexto = {
        "capacitacion": capacitacion,
        "invitaciones": filas,
        "convocatorias": capacitacion.convocatorias.select_related("enviada_por"),
        "entidades": len({fila.entidad_id for fila in filas}),
        "asistiran": sum(fila.respuesta == Invitacion.Respuesta.ASISTIRA for fila in filas),
        "no_asistiran": sum(fila.respuesta == Invitacion.Respuesta.NO_ASISTIRA for fila in filas),
        "inscritas": sum(fila.tiene_inscripcion for fila in filas),
        "puede_convocar": permissions.puede_convocar(request.user, capacitacion),
        "puede_inscribir": permissions.puede_inscribir(request.user, capacitacion) and not capacitacion.ya_empezo(),
    }
    return render(request, "eventos/intranet/invitados.html", contexto)


def _invitaciones(capacitacion) -> list[Invitacion]:
    """Por entidad; cada una con ``envio``: cómo va su correo (un ``Entrega.Estado``, o «» si aún no está en cola)."""
    filas = list(capacitacion.invitaciones.select_related("entidad", "inscripcion"))
    estados = estados_de_envio(filas)
    for fila in filas:
        fila.envio = estados.get(fila.pk, "")
    return filas


@con_capacitacion(permissions.puede_ver_convocatoria, propia=True)
@con_motivo(Invitacion, volver="eventos_intranet:invitados")
def invitados_xlsx(request, capacitacion):
    filas = _invitaciones(capacitacion)
    for avisar in al_exportar:
        avisar(request.user, Invitacion, len(filas), request)
    tabla = [
        (
            fila.nombre,
            fila.cargo,
            fila.entidad.nombre,
            fila.correo,
            fila.telefono,
            fila.get_respuesta_display(),
            fila.tiene_inscripcion,
        )
        for fila in filas
    ]
    return respuesta_tabla(ENCABEZADOS, tabla, nombre=f"invitados-{capacitacion.slug}"[:80], formato=XLSX)


@con_capacitacion(permissions.puede_ver_convocatoria, propia=True)
def anexo4(request, capacitacion):
    """La invitación dirigida a una entidad, antes o después de enviarla."""
    llave = request.GET.get("entidad", "")
    llave = int(llave) if llave.isdecimal() and len(llave) < 19 else 0
    entidades = Entidad.objects.para(request.user).select_related("distrito__provincia__departamento")
    entidad = get_object_or_404(entidades, pk=llave)
    return respuesta_pdf(documento.pdf(capacitacion, entidad), f"anexo4-{capacitacion.slug}.pdf")


@con_capacitacion(permissions.puede_ver_convocatoria, propia=True)
def anexos4(request, capacitacion):
    """Las de todas las entidades invitadas, en un solo PDF para imprimir."""
    invitadas = Entidad.objects.filter(pk__in=capacitacion.invitaciones.values("entidad"))
    invitadas = list(invitadas.select_related("distrito__provincia__departamento"))
    if not invitadas:
        messages.error(request, "Todavía no se invitó a ninguna entidad.")
        return redirect("eventos_intranet:panel", capacitacion.pk)
    return respuesta_pdf(documento.pdf_de_varias(capacitacion, invitadas), f"anexos4-{capacitacion.slug}.pdf")
