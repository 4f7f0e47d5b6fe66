"""El panel de una capacitación: en qué está, qué sigue y sus cifras; publicarla y cancelarla."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from custodia.models import Huella
from eventos import permissions
from eventos.actions import capacitacion as acciones
from eventos.cifras import cifras_de, firmas_por_sesion
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.programacion import CancelarForm
from eventos.models import ActividadPrograma, Capacitacion, Inscripcion

HUELLAS = 8


@con_capacitacion(permissions.puede_ver_capacitaciones)
def panel(request, capacitacion):
    contexto = {
        "capacitacion": capacitacion,
        "puede": _puede(request.user, capacitacion),
        "faltas": [] if capacitacion.publicada_en else acciones.faltas_para_publicar(capacitacion),
        "sesiones": _sesiones(capacitacion),
        "cuentas": _cuentas(capacitacion),
        "ofertas": _ofertas(request.user, capacitacion),
        "cifras": cifras_de(capacitacion),
        "huellas": Huella.objects.filter(modelo="eventos.capacitacion", objeto=str(capacitacion.pk))[:HUELLAS],
    }
    contexto["siguiente"] = _siguiente(capacitacion, contexto)
    return render(request, "eventos/intranet/panel.html", contexto)


def _puede(usuario, capacitacion) -> dict[str, bool]:
    return {
        "editar": permissions.puede_editar_capacitacion(usuario, capacitacion),
        "inscribir": permissions.puede_inscribir(usuario, capacitacion),
        "materiales": permissions.puede_cargar_materiales(usuario, capacitacion),
        "ver_inscripciones": permissions.puede_ver_inscripciones(usuario),
        "ver_asistencia": permissions.puede_ver_asistencia(usuario),
        "asistencia": permissions.puede_registrar_asistencia(usuario, capacitacion),
        "ver_encuestas": permissions.puede_ver_encuestas(usuario) and capacitacion.lleva_encuesta,
        "encuestas": permissions.puede_registrar_encuestas(usuario, capacitacion),
    }


def _sesiones(capacitacion) -> list:
    firmas = firmas_por_sesion(capacitacion)
    sesiones = list(capacitacion.sesiones.all())
    for sesion in sesiones:
        sesion.firmas = firmas.get(sesion.pk, 0)
    return sesiones


def _ofertas(usuario, capacitacion) -> list[Inscripcion]:
    """Los cupos ofrecidos que esperan respuesta, el que vence antes primero."""
    if capacitacion.esta_cancelada or not permissions.puede_ver_inscripciones(usuario):
        return []
    return list(capacitacion.inscripciones.ofrecidas())


def _cuentas(capacitacion) -> dict[str, int]:
    inscripciones = capacitacion.inscripciones
    return {
        "confirmadas": inscripciones.confirmadas().count(),
        "ocupados": inscripciones.que_ocupan_cupo().count(),
        "en_espera": inscripciones.en_espera().count(),
        "por_vincular": inscripciones.vigentes().sin_entidad().count(),
        "encuestas": capacitacion.respuestas.count(),
        "materiales": capacitacion.materiales.count(),
        "actividades": ActividadPrograma.objects.filter(sesion__capacitacion=capacitacion).count(),
    }


def _siguiente(capacitacion, contexto) -> str:
    """El paso que toca ahora: ``completar``, ``publicar``, ``inscribir``, ``asistencia``, ``encuestas`` o nada."""
    if capacitacion.estado == Capacitacion.Estado.BORRADOR:
        return "completar" if contexto["faltas"] else "publicar"
    if capacitacion.esta_cancelada:
        return ""
    hoy = timezone.localdate()
    if any(sesion.fecha <= hoy and not sesion.firmas for sesion in contexto["sesiones"]):
        return "asistencia"
    if capacitacion.fecha_fin and capacitacion.fecha_fin >= hoy:
        return "inscribir"
    return "encuestas" if capacitacion.lleva_encuesta and not contexto["cuentas"]["encuestas"] else ""


@require_POST
@con_capacitacion(permissions.puede_ver_capacitaciones)
def publicar(request, capacitacion):
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    try:
        acciones.publicar(capacitacion=capacitacion, por=request.user)
    except acciones.NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Publicada: ya figura en el calendario y recibe inscripciones.")
    return redirect("eventos_intranet:panel", capacitacion.pk)


@con_capacitacion(permissions.puede_ver_capacitaciones)
def cancelar(request, capacitacion):
    exigir(permissions.puede_editar_capacitacion(request.user, capacitacion))
    form = CancelarForm(request.POST or None)
    if form.is_valid():
        try:
            acciones.cancelar(capacitacion=capacitacion, por=request.user, **form.cleaned_data)
        except acciones.NoProcede as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Cancelada. El aviso a las personas inscritas está en la bandeja de salida.")
            return redirect("eventos_intranet:panel", capacitacion.pk)
    contexto = {"capacitacion": capacitacion, "form": form, "avisadas": capacitacion.inscripciones.vigentes().count()}
    return render(request, "eventos/intranet/cancelar.html", contexto)
