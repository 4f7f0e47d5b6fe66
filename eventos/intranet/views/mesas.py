"""Abrir y cerrar mesas de asistencia: el código para el aparato, qué mesas hay y quién abrió cada una."""

from django.db.models import Count, Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from custodia.actions import anotar
from custodia.archivos import entregar_archivo, vista_de_archivo
from eventos import permissions
from eventos.actions.mesa import PARA_ABRIRLA, MesaRechazada, abrir_mesa, apertura_vale, cerrar_mesa
from eventos.actions.rechazos import NoProcede
from eventos.enlaces import url_absoluta
from eventos.intranet.acceso import con_capacitacion, con_fila, exigir
from eventos.intranet.forms.mesas import MesaForm
from eventos.models import Asistencia, FirmaEnPantalla, Mesa


@con_capacitacion(permissions.puede_ver_mesas, propia=True)
def mesas(request, capacitacion):
    """Las mesas de la capacitación; el POST abre otra y muestra su código."""
    form = MesaForm(request.POST or None)
    if request.method == "POST":
        exigir(permissions.puede_abrir_mesa(request.user, capacitacion))
        if form.is_valid() and (mesa := _abrir(request, capacitacion, form)):
            return redirect("eventos_intranet:mesa", mesa.pk)
    abierta = Q(operaciones__conflicto="")
    filas = capacitacion.mesas.select_related("abierta_por").annotate(
        hechas=Count("operaciones", filter=abierta), ultima=Max("operaciones__recibida_en")
    )
    contexto = {
        "capacitacion": capacitacion,
        "form": form,
        "mesas": filas,
        "puede_abrir": permissions.puede_abrir_mesa(request.user, capacitacion),
        "firmas": _firmas(request.user, capacitacion),
    }
    return render(request, "eventos/intranet/mesas.html", contexto)


def _abrir(request, capacitacion, form) -> Mesa | None:
    try:
        return abrir_mesa(capacitacion=capacitacion, por=request.user, request=request, **form.cleaned_data)
    except (MesaRechazada, NoProcede) as error:
        form.add_error(None, str(error))
        return None


def _firmas(usuario, capacitacion):
    """Las hechas con el dedo, si quien mira ve la asistencia."""
    if not permissions.puede_ver_asistencia(usuario):
        return []
    filas = FirmaEnPantalla.objects.filter(asistencia__sesion__capacitacion=capacitacion)
    return filas.select_related("asistencia__inscripcion", "asistencia__sesion", "archivo").order_by("-firmada_en")


def con_mesa(vista):
    return con_fila(Mesa.objects.select_related("capacitacion__centro", "abierta_por"), permissions.puede_ver_mesas)(
        vista
    )


@con_mesa
def mesa(request, mesa):
    """El QR, el enlace y el código con que se abre en el aparato, mientras no se haya usado."""
    exigir(permissions.puede_abrir_mesa(request.user, mesa.capacitacion))
    clave = mesa.clave_de_apertura
    contexto = {
        "capacitacion": mesa.capacitacion,
        "mesa": mesa,
        "se_puede_abrir": apertura_vale(mesa),
        "enlace": url_absoluta("eventos:mesa:abrir", clave),
        "entrada": url_absoluta("eventos:mesa:entrada"),
        "codigo": "-".join(clave[corte : corte + 4] for corte in range(0, len(clave), 4)),
        "hasta": mesa.abierta_en + PARA_ABRIRLA,
    }
    respuesta = render(request, "eventos/intranet/mesa.html", contexto)
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta


@require_POST
@con_mesa
def cerrar(request, mesa):
    exigir(permissions.puede_cerrar_mesa(request.user, mesa))
    cerrar_mesa(mesa=mesa, por=request.user, request=request)
    messages.success(request, f"Se cerró la mesa «{mesa.nombre}»: su aparato ya no puede registrar nada.")
    return redirect("eventos_intranet:mesas", mesa.capacitacion_id)


@vista_de_archivo
@require_safe
@con_fila(Asistencia.objects.select_related("sesion__capacitacion"), permissions.puede_ver_asistencia, propia=True)
def firma(request, asistencia):
    """El trazo de una firma con el dedo; queda quién lo miró."""
    exigir(permissions.puede_ver_mesas(request.user))
    trazo = get_object_or_404(FirmaEnPantalla.objects.select_related("archivo"), asistencia=asistencia)
    anotar(accion="ver firma en pantalla", por=request.user, objeto=asistencia, request=request)
    return entregar_archivo(trazo.archivo)
