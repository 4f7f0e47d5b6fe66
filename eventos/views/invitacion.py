"""La invitación (Anexo 4) dirigida a una entidad: con ella se pide la comisión de servicios."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.pdf import pdf_desde_plantilla, respuesta_pdf
from eventos.enlaces import url_absoluta
from eventos.forms.invitacion import InvitacionForm
from eventos.models import Capacitacion
from eventos.templatetags.eventos import horas
from organizacion.models import AjustesPortal

from .capacitacion import CALENDARIO, DONDE

BUSCAR = "buscar"
Situacion = Capacitacion.Situacion
YA_NO_SE_INVITA = {Situacion.REALIZADA, Situacion.CANCELADA, Situacion.SIN_FECHA}


def _capacitacion(slug):
    filas = Capacitacion.objects.publicadas().select_related(*DONDE)
    return get_object_or_404(filas.prefetch_related("sesiones", "expositores"), slug=slug)


@require_safe
@cache_control(public=True, max_age=300)
def elegir(request, slug):
    """Elegir la entidad. «Buscar» lista las que calzan; lo demás pasa al PDF."""
    capacitacion = _capacitacion(slug)
    situacion = capacitacion.situacion()
    busca = BUSCAR in request.GET
    form = InvitacionForm(None if busca else request.GET or None, initial=request.GET.dict() if busca else None)
    contexto = {
        "capacitacion": capacitacion,
        "situacion": situacion,
        "se_invita": situacion not in YA_NO_SE_INVITA,
        "form": form,
        "migas": [*CALENDARIO, (capacitacion.titulo, capacitacion.get_absolute_url()), ("Invitación", "")],
    }
    return render(request, "eventos/invitacion_form.html", contexto)


@require_safe
@cache_control(public=True, max_age=300)
def pdf(request, slug):
    """El PDF/UA-1; sin una entidad válida, vuelve a la página que la pide y dice por qué."""
    capacitacion = _capacitacion(slug)
    form = InvitacionForm(request.GET)
    if capacitacion.situacion() in YA_NO_SE_INVITA or not form.is_valid():
        consulta = {nombre: request.GET.get(nombre, "")[:100] for nombre in form.fields}
        return redirect(reverse("eventos:invitacion", args=[slug], query=consulta))
    contexto = _contexto(capacitacion, form.cleaned_data["entidad"])
    return respuesta_pdf(pdf_desde_plantilla("eventos/invitacion_pdf.html", contexto), f"invitacion-{slug}.pdf")


def _contexto(capacitacion, entidad) -> dict:
    """Los campos del Anexo 4. El tema es el de sus expositores o, si no lo tienen, el título."""
    ajustes, centro = AjustesPortal.load(), capacitacion.centro
    temas = dict.fromkeys(expositor.tema for expositor in capacitacion.expositores.all() if expositor.tema)
    return {
        "ajustes": ajustes,
        "capacitacion": capacitacion,
        "centro": centro,
        "correo": centro.correo if centro else ajustes.correo,
        "entidad": entidad,
        "horas": _horas(capacitacion),
        "tema": "; ".join(temas) or capacitacion.titulo,
        "url": url_absoluta("eventos:capacitacion", capacitacion.slug),
    }


def _horas(capacitacion) -> list[str]:
    """Las de cada día, en el orden de sus fechas; una sola vez si se repiten."""
    de_cada_dia = [horas(sesiones) for _, sesiones in capacitacion.dias]
    if len(de_cada_dia) > 1 and len(set(de_cada_dia)) == 1:
        return [f"{de_cada_dia[0]}, cada día"]
    return de_cada_dia
