"""Difusión: lo que se envió, lo que está en borrador y los comunicados por reenviar (R111, R112)."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from boletines.actions import borradores
from boletines.models import AdjuntoDeCorreo, ComunicadosIndexPage, CorreoDifundido
from boletines.permissions import puede_difundir, puede_editar, puede_tocar_difundido, puede_ver_difusion
from boletines.por_reenviar import comunicados_para
from correo.models import Entrega
from correo.permissions import puede_ver_envios
from custodia.archivos import entregar_archivo, vista_de_archivo
from eventos.intranet.acceso import con_aviso_de_permiso, exigir

from .informativos import NO_ES_SUYO, borrador

POR_PAGINA = 20
COPIAS_A_LA_VISTA = 60


@require_safe
@con_aviso_de_permiso
def lista(request):
    """Una pestaña por asunto; quien difunde empieza por lo que falta reenviar."""
    exigir(puede_ver_difusion(request.user))
    pestanas = _pestanas(request.user)
    elegida = request.GET.get("ver") if request.GET.get("ver") in dict(pestanas) else pestanas[0][0]
    consulta = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    filas = FILAS[elegida](request, consulta)
    indice = ComunicadosIndexPage.objects.first()
    contexto = {
        "pestanas": pestanas,
        "elegida": elegida,
        "consulta": consulta,
        "todos": "todos" in request.GET,
        "pagina": Paginator(filas, POR_PAGINA).get_page(request.GET.get("p")),
        "puede_difundir": puede_difundir(request.user),
        "indice": indice if puede_editar(request.user, indice) else None,
    }
    return render(request, "boletines/intranet/difusion/lista.html", contexto)


def _pestanas(usuario) -> list[tuple[str, str]]:
    suyas = [("por-reenviar", "Comunicados por reenviar"), ("borradores", "Borradores")]
    return [*(suyas if puede_difundir(usuario) else []), ("enviados", "Enviados")]


def _por_reenviar(request, consulta):
    filas = comunicados_para(request.user, todos="todos" in request.GET)
    return filas.filter(title__icontains=consulta) if consulta else filas


def _correos(request, consulta):
    filas = CorreoDifundido.objects.visibles(request.user).select_related("comunicado", "centro", "creado_por", "envio")
    return filas.filter(Q(asunto__icontains=consulta) | Q(comunicado__title__icontains=consulta)) if consulta else filas


def _borradores(request, consulta):
    return _correos(request, consulta).borradores()


def _enviados(request, consulta):
    salieron = Count("envio__entregas", filter=Q(envio__entregas__es_copia=False))
    return _correos(request, consulta).enviados().annotate(cuantos=salieron).order_by("-enviado_en", "-pk")


FILAS = {"por-reenviar": _por_reenviar, "borradores": _borradores, "enviados": _enviados}


def _correo(request, pk) -> CorreoDifundido:
    exigir(puede_ver_difusion(request.user))
    filas = CorreoDifundido.objects.visibles(request.user)
    return get_object_or_404(filas.select_related("comunicado", "centro", "sistema", "creado_por", "envio"), pk=pk)


@require_safe
@con_aviso_de_permiso
def detalle(request, pk):
    """Lo que se envió, a quiénes y con qué resultado. Un borrador se ve en su propia pantalla."""
    correo = _correo(request, pk)
    if not correo.enviado_en and puede_tocar_difundido(request.user, correo):
        return redirect("difusion_editar", correo.pk)
    contexto = {
        "correo": correo,
        "adjuntos": correo.adjuntos.select_related("archivo"),
        "puede_ver_envio": correo.envio_id and puede_ver_envios(request.user),
        "puede_difundir": puede_difundir(request.user),
    }
    if correo.envio_id:
        contexto |= {"resultados": resultados_de(correo), "copias": _copias_de(correo)}
    return render(request, "boletines/intranet/difusion/detalle.html", contexto)


def resultados_de(correo) -> dict[str, int]:
    """Cuántas entregas hay en cada estado, sin contar las copias; las que aún no salen, juntas."""
    cuentas = dict(correo.envio.entregas.filter(es_copia=False).order_by().values_list("estado").annotate(Count("pk")))
    por_salir = cuentas.pop(Entrega.Estado.PENDIENTE, 0) + cuentas.pop(Entrega.Estado.EN_CURSO, 0)
    total = sum(cuentas.values()) + por_salir
    return {"total": total, "por_salir": por_salir, "resueltas": total - por_salir, **cuentas}


def _copias_de(correo):
    return correo.envio.entregas.filter(es_copia=True).order_by("pk")[:COPIAS_A_LA_VISTA]


@require_http_methods(["GET", "HEAD", "POST"])
@con_aviso_de_permiso
def borrar(request, pk):
    correo = borrador(request, pk)
    if correo.enviado_en:
        raise Http404
    exigir(puede_tocar_difundido(request.user, correo), NO_ES_SUYO)
    if request.method == "POST":
        try:
            borradores.borrar_borrador(correo=correo, por=request.user, request=request)
        except borradores.YaEnviado as error:
            raise Http404 from error
        messages.success(request, "Borrador borrado.")
        return redirect("difusion")
    return render(request, "boletines/intranet/difusion/borrar.html", {"correo": correo})


@vista_de_archivo
@require_safe
@con_aviso_de_permiso
def adjunto(request, pk, adjunto):
    correo = _correo(request, pk)
    fila = get_object_or_404(AdjuntoDeCorreo.objects.select_related("archivo"), correo=correo, pk=adjunto)
    return entregar_archivo(fila.archivo)
