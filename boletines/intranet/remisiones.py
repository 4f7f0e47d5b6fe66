"""El tablero de difusión de una edición: a quién se remitió, quién la difundió y cómo va (R110)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from boletines.actions import remision as actions
from boletines.actions.envio import BoletinSinPublicar, NoPasaLaRevision, envio_de
from boletines.models import BoletinPage, Edicion, Remision, Suscriptor
from boletines.permissions import puede_enviar_por_todos, puede_remitir, puede_ver_borradores
from correo.avance import avances
from organizacion.models import AjustesPortal


@require_safe
def tablero(request, pk):
    if not puede_ver_borradores(request.user):
        raise PermissionDenied
    boletin = get_object_or_404(BoletinPage.objects.live(), pk=pk)
    edicion = Edicion.objects.del_mes(boletin.anio, boletin.mes).select_related("remitida_por").first()
    remisiones = _con_su_avance(edicion) if edicion else []
    contexto = {
        "boletin": boletin,
        "edicion": edicion,
        "remisiones": remisiones,
        "faltan": sum(1 for remision in remisiones if not remision.difundida_en and remision.suscriptores),
        "nacional": _nacional(boletin),
        "correo_ogti": AjustesPortal.load().correo_ogti,
        "puede_remitir": puede_remitir(request.user),
        "puede_enviar_por_todos": puede_enviar_por_todos(request.user),
    }
    return render(request, "boletines/intranet/difusion.html", contexto)


def _con_su_avance(edicion: Edicion) -> list[Remision]:
    """Cada remisión con cuántos ``suscriptores`` tiene su centro y el ``avance`` de su envío, en tres consultas."""
    remisiones = list(edicion.remisiones.select_related("centro", "envio", "difundida_por"))
    por_centro = Suscriptor.objects.confirmados().filter(recibe_boletin=True).order_by().values_list("centro")
    cuantos = dict(por_centro.annotate(Count("pk")))
    avance_de = avances([remision.envio for remision in remisiones if remision.envio])
    for remision in remisiones:
        remision.suscriptores = cuantos.get(remision.centro_id, 0)
        remision.avance = avance_de.get(remision.envio_id)
        remision.rebotes = _rebotes(remision.avance)
    return remisiones


def _nacional(boletin: BoletinPage) -> dict:
    envio = envio_de(boletin)
    avance = avances([envio])[envio.pk] if envio else None
    return {
        "envio": envio,
        "avance": avance,
        "rebotes": _rebotes(avance),
        "suscriptores": Suscriptor.objects.de_la_edicion(None).count(),
    }


def _rebotes(avance) -> int:
    return avance.fallidas + avance.cuentas.get("rebotada", 0) if avance else 0


@require_POST
def remitir(request, pk):
    """Para lo que no se remitió solo al aprobarse: una edición programada, o un centro que abrió después."""
    if not puede_remitir(request.user):
        raise PermissionDenied
    boletin = get_object_or_404(BoletinPage, pk=pk)
    edicion, _ = Edicion.objects.get_or_create(anio=boletin.anio, mes=boletin.mes)
    try:
        cuantos = actions.remitir(edicion=edicion, por=request.user, request=request)
    except BoletinSinPublicar:
        messages.error(request, "Esta edición es un borrador: publíquela antes de remitirla.")
        return redirect("boletines_ediciones")
    aviso = f"Remitida a {cuantos} centros: sus coordinadores ya tienen el aviso." if cuantos else "Ya estaba remitida."
    messages.success(request, aviso)
    return redirect("boletin_difusion", boletin.pk)


@require_POST
def por_todos(request, pk):
    if not puede_enviar_por_todos(request.user):
        raise PermissionDenied
    boletin = get_object_or_404(BoletinPage.objects.live(), pk=pk)
    edicion = get_object_or_404(Edicion.objects.del_mes(boletin.anio, boletin.mes))
    try:
        cuantas = actions.difundir_por_todos(edicion=edicion, por=request.user, request=request)
    except NoPasaLaRevision as error:
        messages.error(request, f"Una edición no se puede enviar así; las anteriores ya salieron. {error}")
        return redirect("boletin_difusion", boletin.pk)
    messages.success(request, f"Difundidas por delegación: {cuantas}." if cuantas else "No faltaba ninguna.")
    return redirect("boletin_difusion", boletin.pk)
