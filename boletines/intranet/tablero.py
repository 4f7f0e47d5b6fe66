"""El tablero del boletín del mes: quién falta, y lo que Comunicaciones hace con ello (R106, R108–R110)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from boletines import permissions
from boletines.actions import aporte as acciones
from boletines.actions import edicion as de_edicion
from boletines.cierre import motivo_de_cierre, pagina_de
from boletines.models import Aporte, Edicion
from boletines.tablero import tablero_de
from eventos.intranet.acceso import con_aviso_de_permiso, con_fila, exigir

from .forms.tablero import DevolucionForm, PlazoForm

OTRAS = 12
APORTES = Aporte.objects.select_related("edicion", "centro", "sistema")


@require_safe
@con_aviso_de_permiso
def tablero(request, anio=None, mes=None):
    """Sin mes, el de la última edición que se pidió: en la primera semana es todavía la del mes pasado."""
    exigir(permissions.puede_ver_tablero(request.user))
    hoy = timezone.localdate()
    pedidas = Edicion.objects.filter(pedida_en__isnull=False)
    edicion = get_object_or_404(Edicion, anio=anio, mes=mes) if anio else pedidas.first()
    puede_reunir = permissions.puede_reunir_aportes(request.user)
    cierre = motivo_de_cierre(edicion) if edicion else ""
    contexto = {
        "tablero": edicion and tablero_de(edicion, request.user),
        "pagina_de_la_edicion": edicion and pagina_de(edicion),
        "otras": pedidas.exclude(pk=edicion.pk if edicion else None)[:OTRAS],
        "por_abrir": None if pedidas.del_mes(hoy.year, hoy.month).exists() else hoy,
        "puede_reunir": puede_reunir,
        "puede_actuar": puede_reunir and not cierre,
        "motivo_de_cierre": cierre,
    }
    return render(request, "boletines/intranet/tablero.html", contexto)


def _al_tablero(edicion):
    return redirect("boletin_tablero_mes", edicion.anio, edicion.mes)


@require_POST
@con_aviso_de_permiso
def abrir(request, anio, mes):
    """Comunicaciones puede pedir los aportes antes del 20; solo los de este mes."""
    exigir(permissions.puede_reunir_aportes(request.user))
    hoy = timezone.localdate()
    if (anio, mes) != (hoy.year, hoy.month):
        raise Http404
    edicion = de_edicion.abrir_edicion(anio=anio, mes=mes, por=request.user)
    messages.success(request, f"Se pidieron los aportes de {edicion.periodo}.")
    return _al_tablero(edicion)


def _edicion_por_reunir(request, anio, mes) -> Edicion:
    exigir(permissions.puede_reunir_aportes(request.user))
    return get_object_or_404(Edicion, anio=anio, mes=mes)


@require_POST
@con_aviso_de_permiso
def recordar_a_todos(request, anio, mes):
    edicion = _edicion_por_reunir(request, anio, mes)
    faltan = edicion.aportes.que_faltan().select_related("centro", "sistema")
    cuantos = sum(acciones.recordar(aporte=aporte, por=request.user) for aporte in faltan)
    if cuantos:
        messages.success(request, f"Se recordó a {cuantos}." if cuantos > 1 else "Se recordó a uno.")
    else:
        messages.warning(request, "No se recordó a nadie: ya se hizo hoy o no hay a quién escribirle.")
    return _al_tablero(edicion)


@require_POST
@con_aviso_de_permiso
def armar(request, anio, mes):
    edicion = _edicion_por_reunir(request, anio, mes)
    try:
        pagina = de_edicion.armar(edicion=edicion, por=request.user)
    except de_edicion.NoSeArma as error:
        messages.error(request, str(error))
        return _al_tablero(edicion)
    messages.success(request, "La edición está en borrador con lo que llegó. Revísela y complétela.")
    return redirect("wagtailadmin_pages:edit", pagina.pk)


def _por_reunir(vista):
    """Entrega a la vista el aporte, si quien entra reúne los de todos."""
    return con_fila(APORTES, permissions.puede_reunir_aportes)(vista)


@require_POST
@_por_reunir
def recordar(request, aporte):
    if acciones.recordar(aporte=aporte, por=request.user):
        messages.success(request, f"Se recordó a {aporte.de_quien}.")
    else:
        messages.warning(request, f"No se recordó a {aporte.de_quien}: ya se hizo hoy, ya entregó o no tiene correo.")
    return _al_tablero(aporte.edicion)


@require_POST
@_por_reunir
def suplir(request, aporte):
    try:
        acciones.usar_borrador_automatico(aporte=aporte, por=request.user)
    except acciones.AporteRechazado as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{aporte.de_quien} saldrá con el borrador automático, si no entrega antes.")
    return _al_tablero(aporte.edicion)


@require_http_methods(["GET", "HEAD", "POST"])
@_por_reunir
def devolver(request, aporte):
    form = DevolucionForm(request.POST or None, aporte=aporte)
    return _con_plazo(request, aporte, form, acciones.devolver, "Devolver", "Se devolvió y se avisó")


@require_http_methods(["GET", "HEAD", "POST"])
@_por_reunir
def ampliar(request, aporte):
    form = PlazoForm(request.POST or None, aporte=aporte)
    return _con_plazo(request, aporte, form, acciones.ampliar_plazo, "Ampliar el plazo", "Se amplió y se avisó")


def _con_plazo(request, aporte, form, accion, titulo, hecho):
    if form.is_valid():
        try:
            accion(aporte=aporte, por=request.user, **form.cleaned_data)
        except acciones.AporteRechazado as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"{hecho} a {aporte.de_quien}.")
            return _al_tablero(aporte.edicion)
    return render(request, "boletines/intranet/aporte_plazo.html", {"aporte": aporte, "form": form, "titulo": titulo})
