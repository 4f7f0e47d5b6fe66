"""Las ediciones del boletín en la intranet."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import WorkflowState

from boletines.models import BoletinesIndexPage, BoletinPage, Edicion, Remision
from boletines.permissions import (
    puede_difundir_edicion,
    puede_editar,
    puede_remitir,
    puede_ver_borradores,
    puede_ver_ediciones,
)

POR_PAGINA = 24


@require_safe
def ediciones(request):
    """Las ediciones con su estado y su difusión; los borradores, solo para quien los escribe o los aprueba."""
    if not puede_ver_ediciones(request.user):
        raise PermissionDenied
    todas = BoletinPage.objects.order_by("-anio", "-mes").defer("cuerpo", "texto_busqueda").con_su_aprobacion()
    ve_borradores = puede_ver_borradores(request.user)
    pagina = Paginator(todas if ve_borradores else todas.live(), POR_PAGINA).get_page(request.GET.get("p"))
    _poner_difusion(pagina.object_list, request.user)
    indice = BoletinesIndexPage.objects.first()
    contexto = {
        "pagina": pagina,
        "indice": indice,
        "puede_editar": puede_editar(request.user, indice),
        "puede_remitir": puede_remitir(request.user),
        "ve_borradores": ve_borradores,
    }
    return render(request, "boletines/intranet/ediciones.html", contexto)


def _poner_difusion(boletines, usuario) -> None:
    """A cada edición, sus cuentas de remisiones, las que ``usuario`` difunde y en qué va su aprobación."""
    meses = Q(pk__in=[])
    for boletin in boletines:
        meses |= Q(anio=boletin.anio, mes=boletin.mes)
    filas = Edicion.objects.filter(meses).annotate(
        remitidas=Count("remisiones"), difundidas=Count("remisiones", filter=Q(remisiones__difundida_en__isnull=False))
    )
    por_mes = {(edicion.anio, edicion.mes): edicion for edicion in filas}
    suyas = Remision.objects.para(usuario).filter(edicion__in=filas).select_related("centro", "envio")
    for boletin in boletines:
        boletin.edicion = por_mes.get((boletin.anio, boletin.mes))
        boletin.suyas = [r for r in suyas if boletin.edicion and r.edicion_id == boletin.edicion.pk]
        boletin.suyas = [r for r in boletin.suyas if puede_difundir_edicion(usuario, r)]
        flujo = boletin.current_workflow_state
        boletin.en_aprobacion = bool(flujo) and flujo.status == WorkflowState.STATUS_IN_PROGRESS
        boletin.piden_cambios = bool(flujo) and flujo.status == WorkflowState.STATUS_NEEDS_CHANGES
