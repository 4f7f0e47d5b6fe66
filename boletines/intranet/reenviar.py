"""Reenviar un comunicado: a quiénes, cómo se verá y enviarlo, en una pantalla (R111)."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from boletines.actions import difusion as acciones
from boletines.models import ComunicadoPage
from boletines.permissions import centros_en_que_difunde, difunde_en_todos, puede_difundir
from boletines.previas import reenvios_de
from boletines.revision_previa import revisar_reenvio
from boletines.segmentos import Audiencia
from correo.actions import CuentaSinCorreo
from eventos.intranet.acceso import con_aviso_de_permiso, exigir
from organizacion.models import Sistema, Usuario

from .formularios_de_difusion import ReenvioForm

CAMBIO = "Cambió a quiénes va o lo que dice: revíselo y vuelva a pulsar «Enviar»."
ANTERIORES = 5


def con_comunicado(vista):
    """Entrega el comunicado publicado; un borrador no existe para quien difunde."""

    @wraps(vista)
    @con_aviso_de_permiso
    def envuelta(request, pk):
        exigir(puede_difundir(request.user))
        publicados = ComunicadoPage.objects.live().filter(fecha__lte=timezone.localdate())
        return vista(request, get_object_or_404(publicados.select_related("sistema", "imagen"), pk=pk))

    return envuelta


@require_http_methods(["GET", "HEAD", "POST"])
@con_comunicado
def reenviar(request, comunicado):
    datos = request.POST if request.method == "POST" else a_quienes_propone(request.user, comunicado.sistema)
    form = ReenvioForm(datos, usuario=request.user)
    revision = revisar_reenvio(comunicado, form.segmento(), request.user) if form.is_valid() else None
    if revision and (respuesta := _hacer(request, comunicado, form, revision)):
        return respuesta
    contexto = {
        "comunicado": comunicado,
        "form": form,
        "revision": revision,
        "anteriores": reenvios_de(comunicado, request.user)[:ANTERIORES],
    }
    return render(request, "boletines/intranet/difusion/reenviar.html", contexto)


def _hacer(request, comunicado, form, revision):
    """Lo que pide el botón. ``None`` si hay que volver a mostrar la pantalla."""
    try:
        if request.POST.get("hacer") == "prueba":
            de_que, mensaje = f"reenvio:{comunicado.pk}", revision.mensaje
            acciones.probar_mensaje(de_que=de_que, mensaje=mensaje, por=request.user, centro=revision.centro)
            messages.success(request, f"Le enviamos la prueba a {request.user.email}.")
        elif request.POST.get("hacer") == "enviar":
            if request.POST.get("visto") != revision.huella:
                messages.warning(request, CAMBIO)
                return None
            return _enviar(request, comunicado, form, revision)
    except (acciones.NoSeEnvia, CuentaSinCorreo) as error:
        form.add_error(None, str(error))
    return None


def _enviar(request, comunicado, form, revision):
    correo = acciones.reenviar_comunicado(
        comunicado=comunicado,
        segmento=revision.segmento,
        por=request.user,
        aunque_no_rija=form.cleaned_data["aunque_no_rija"],
        urgencia=form.cleaned_data["urgencia"],
        request=request,
    )
    messages.success(request, f"Comunicado en la bandeja de salida: {cuantas(revision.nuevas)}.")
    return redirect("difusion_detalle", correo.pk)


def cuantas(direcciones: int) -> str:
    return "una dirección" if direcciones == 1 else f"{direcciones} direcciones"


def a_quienes_propone(usuario: Usuario, sistema: Sistema | None) -> dict:
    """Los operadores de su centro en ``sistema`` o, si es general, en el suyo: lo que más se envía, ya marcado."""
    centros = centros_en_que_difunde(usuario)
    suyo = next((a.sistema_id for a in usuario.asignaciones_vigentes if a.centro_id and a.sistema_id), None)
    del_primer_rol = [centro for centro in centros if centro == usuario.centro]
    propuesto = next(iter(del_primer_rol or centros), None) if not difunde_en_todos(usuario) else None
    return {
        "audiencias": [Audiencia.OPERADORES.value],
        "centro": propuesto.pk if propuesto else "",
        "del_sistema": sistema.pk if sistema else suyo or "",
    }
