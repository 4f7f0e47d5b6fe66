"""Escribir un correo informativo: el borrador, cómo se verá y enviarlo, en una pantalla (R112)."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from boletines.actions import borradores
from boletines.actions import difusion as acciones
from boletines.models import CorreoDifundido
from boletines.permissions import puede_difundir, puede_tocar_difundido
from boletines.revision_previa import revisar_informativo
from boletines.segmentos import Segmento, SegmentoInvalido
from correo.actions import CuentaSinCorreo
from eventos.intranet.acceso import con_aviso_de_permiso, exigir

from .formularios_de_difusion import InformativoForm
from .reenviar import CAMBIO, a_quienes_propone, cuantas

NO_ES_SUYO = "Este borrador lo corrige y lo envía su autor o quien coordina el centro."


@require_http_methods(["GET", "HEAD", "POST"])
@con_aviso_de_permiso
def nuevo(request):
    exigir(puede_difundir(request.user))
    propone = a_quienes_propone(request.user, None)
    inicial = propone | {"sistema": propone["del_sistema"]}
    form = InformativoForm(request.POST or None, request.FILES or None, usuario=request.user, initial=inicial)
    if request.method == "POST" and form.is_valid() and (correo := _guardar(request, form)):
        messages.success(request, "Borrador guardado: así se verá.")
        return redirect("difusion_editar", correo.pk)
    return render(request, "boletines/intranet/difusion/informativo.html", {"form": form, "guarda": True})


@require_http_methods(["GET", "HEAD", "POST"])
@con_aviso_de_permiso
def editar(request, pk):
    correo = borrador(request, pk)
    if correo.enviado_en:
        return redirect("difusion_detalle", correo.pk)
    exigir(puede_tocar_difundido(request.user, correo), NO_ES_SUYO)
    form = InformativoForm(request.POST or None, request.FILES or None, usuario=request.user, initial=_inicial(correo))
    if request.method == "POST" and form.is_valid() and (guardado := _guardar(request, form, correo)):
        return _hacer(request, guardado, form)
    segmento = _segmento_de(correo)
    contexto = {
        "correo": correo,
        "form": form,
        "guarda": True,
        "adjuntos": correo.adjuntos.select_related("archivo"),
        "revision": segmento and revisar_informativo(correo, segmento, request.user),
    }
    return render(request, "boletines/intranet/difusion/informativo.html", contexto)


def borrador(request, pk) -> CorreoDifundido:
    """El correo informativo, si lo alcanza; lo ajeno es 404."""
    exigir(puede_difundir(request.user))
    filas = CorreoDifundido.objects.propias(request.user).filter(tipo=CorreoDifundido.Tipo.INFORMATIVO)
    return get_object_or_404(filas.select_related("centro", "sistema", "creado_por"), pk=pk)


def _guardar(request, form, correo=None) -> CorreoDifundido | None:
    try:
        return borradores.guardar_informativo(
            correo=correo,
            asunto=form.cleaned_data["asunto"],
            cuerpo=form.cleaned_data["cuerpo"],
            sistema=form.cleaned_data["sistema"],
            segmento=form.segmento(),
            adjuntos=form.cleaned_data["archivos"],
            quitar=_llaves(request.POST.getlist("quitar")),
            por=request.user,
            request=request,
        )
    except borradores.DemasiadosAdjuntos as error:
        form.add_error("archivos", str(error))
    except borradores.YaEnviado as error:
        raise Http404 from error
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def _llaves(textos) -> list[int]:
    return [int(texto) for texto in textos if texto.isascii() and texto.isdecimal() and len(texto) < 19]


def _hacer(request, correo, form):
    """Ya guardado, lo que pide el botón: nada más, la prueba o el envío de lo que se revisó."""
    hacer = request.POST.get("hacer")
    revision = revisar_informativo(correo, form.segmento(), request.user)
    try:
        if hacer == "prueba":
            acciones.probar_mensaje(
                de_que=f"difundido:{correo.pk}",
                mensaje=revision.mensaje,
                por=request.user,
                adjuntos=acciones.adjuntos_de(correo),
                centro=correo.centro,
            )
            messages.success(request, f"Guardamos el borrador y le enviamos la prueba a {request.user.email}.")
        elif hacer == "enviar" and request.POST.get("visto") != revision.huella:
            messages.warning(request, f"Guardamos el borrador. {CAMBIO}")
        elif hacer == "enviar":
            acciones.enviar_informativo(
                correo=correo, por=request.user, urgencia=form.cleaned_data["urgencia"], request=request
            )
            messages.success(request, f"Correo en la bandeja de salida: {cuantas(revision.nuevas)}.")
            return redirect("difusion_detalle", correo.pk)
        else:
            messages.success(request, "Borrador guardado: así se verá.")
    except (acciones.NoSeEnvia, CuentaSinCorreo) as error:
        messages.error(request, f"Guardamos el borrador, pero no se envió: {error}")
    return redirect("difusion_editar", correo.pk)


def _segmento_de(correo) -> Segmento | None:
    try:
        return Segmento.desde_json(correo.segmento)
    except SegmentoInvalido:
        return None


def _inicial(correo) -> dict:
    """Lo guardado, como lo pide el formulario."""
    segmento = _segmento_de(correo)
    inicial = {"asunto": correo.asunto, "cuerpo": correo.cuerpo, "sistema": correo.sistema_id}
    if segmento:
        inicial |= {
            "audiencias": segmento.audiencias,
            "centro": segmento.centro,
            "del_sistema": next(iter(segmento.sistemas), None),
            "provincia": segmento.provincia,
            "tipos": segmento.tipos,
        }
    return inicial
