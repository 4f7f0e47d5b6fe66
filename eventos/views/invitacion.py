"""La invitación (Anexo 4) dirigida a una entidad: con ella se pide la comisión de servicios."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from comun.pdf import respuesta_pdf
from eventos.documentos import anexo4
from eventos.forms.invitacion import InvitacionForm
from eventos.models import Capacitacion

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
    return respuesta_pdf(anexo4.pdf(capacitacion, form.cleaned_data["entidad"]), f"invitacion-{slug}.pdf")
