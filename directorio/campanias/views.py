"""Las campañas de actualización: iniciarlas, seguirlas, llamar a quien no responde y cerrarlas (R114)."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from correo.models import Entrega, Envio
from directorio.models import Campania, Pedido
from directorio.permissions import puede_hacer_campanias

from . import actions as acciones
from . import correos
from .avance import VISTAS, avance_de
from .forms import CampaniaForm, LlamadaForm
from .seleccion import MAXIMO, Seleccion, con_correo, elegir, sin_correo

POR_PAGINA = 50
MUESTRA = 50
DE_SUS_AUTORIDADES = "autoridades__contactos"
SIN_LLEGAR = {Entrega.Estado.REBOTADA, Entrega.Estado.FALLIDA, Entrega.Estado.DUDOSA}
con_campanias = permission_required("directorio.view_campania")


@con_campanias
def lista(request):
    filas = Campania.objects.para(request.user).select_related("centro", "iniciada_por")
    pagina = Paginator(filas, 20).get_page(request.GET.get("p"))
    contexto = {
        "campanias": [(campania, avance_de(campania.pedidos.para(request.user))) for campania in pagina],
        "pagina": pagina,
        "puede_iniciar": puede_hacer_campanias(request.user),
    }
    return render(request, "directorio/campanias/lista.html", contexto)


@permission_required("directorio.add_campania")
def nueva(request):
    """Con «Ver a quiénes» se vuelve a pintar con la vista previa; solo «Iniciar» envía, y exige haberla visto."""
    form = CampaniaForm(request.POST or None, usuario=request.user)
    contexto = {"form": form}
    if form.is_valid():
        seleccion = elegir(form.criterio, form.cleaned_data["centro"])
        if "iniciar" in request.POST and (campania := _iniciar(request, form, seleccion)):
            messages.success(request, f"Campaña iniciada: {seleccion.correos} correos por salir.")
            return redirect("directorio_campania", campania.pk)
        form.data = form.data.copy()
        form.data["cuantos"] = seleccion.total
        contexto |= {"seleccion": seleccion, "previa": _previa(form), **_muestra(seleccion)}
    return render(request, "directorio/campanias/nueva.html", contexto)


def _previa(form):
    datos = form.cleaned_data
    campania = Campania(**{n: datos[n] for n in ("nombre", "motivo", "centro", "vence_el")})
    mensaje = correos.mensaje_de(campania)
    texto = mensaje.texto.replace("%NOMBRE%", "Nombre de quien lo recibe")
    return {"asunto": mensaje.asunto, "texto": texto.replace("%URL_BAJA%", "(el enlace propio de cada quien)")}


def _muestra(seleccion) -> dict:
    """Los primeros de cada lista, con correo y sin él, tal como quedarían sus pedidos."""
    entidades, operadores = seleccion.entidades, seleccion.operadores
    con = Seleccion(con_correo(entidades)[:5], con_correo(operadores)[:5])
    sin = Seleccion(
        sin_correo(entidades).prefetch_related(DE_SUS_AUTORIDADES)[:MUESTRA],
        sin_correo(operadores).prefetch_related("entidad__contactos", f"entidad__{DE_SUS_AUTORIDADES}")[:MUESTRA],
    )
    return {
        "con_correo": acciones.pedidos_de(con),
        "por_llamar": acciones.pedidos_de(sin),
        "repetidos": _repetidos(seleccion),
    }


def _repetidos(seleccion) -> list[tuple[str, list[Pedido]]]:
    """Los correos a los que irían dos o más pedidos, del más repetido al menos."""
    por_correo = defaultdict(list)
    for pedido in acciones.pedidos_de(seleccion) if seleccion.total <= MAXIMO else ():
        por_correo[pedido.correo.casefold()].append(pedido)
    repetidos = [(correo, pedidos) for correo, pedidos in por_correo.items() if correo and len(pedidos) > 1]
    return sorted(repetidos, key=lambda uno: -len(uno[1]))[:MUESTRA]


def _iniciar(request, form, seleccion):
    datos = form.cleaned_data
    if datos["cuantos"] != seleccion.total:
        form.add_error(None, "La lista cambió desde que la vio: revísela y vuelva a iniciar.")
        return None
    try:
        return acciones.iniciar(
            nombre=datos["nombre"],
            motivo=datos["motivo"],
            centro=datos["centro"],
            criterio=form.criterio,
            vence_el=datos["vence_el"],
            por=request.user,
            request=request,
        )
    except acciones.NoProcede as error:
        form.add_error(None, str(error))
        return None


@con_campanias
def campania(request, pk):
    """Cuánto avanza y quién falta, con su teléfono. De una de todos los centros, cada quien ve lo del suyo."""
    una = get_object_or_404(Campania.objects.para(request.user).select_related("centro", "iniciada_por"), pk=pk)
    pedidos = una.pedidos.para(request.user)
    ver = request.GET.get("ver", "faltan")
    ver = ver if ver in VISTAS else "faltan"
    filas = VISTAS[ver][1](pedidos).con_a_quien_llamar().select_related("centro", "llamada_por", "campania")
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "campania": una,
        "avance": avance_de(pedidos),
        "vistas": [(clave, rotulo, filtro(pedidos).count()) for clave, (rotulo, filtro) in VISTAS.items()],
        "ver": ver,
        "pagina": pagina,
        "envio": Envio.objects.filter(clave=correos.clave_de(una, correos.INICIAL)).first(),
        "puede_cerrar": _puede_cerrar(request.user, una),
        **_lo_de_cada_pedido(request, pagina, una),
    }
    return render(request, "directorio/campanias/campania.html", contexto)


def _puede_cerrar(usuario, una) -> bool:
    suya = Campania.objects.propias(usuario).filter(pk=una.pk).exists()
    return suya and una.cerrada_en is None and usuario.has_perm("directorio.change_campania")


def _lo_de_cada_pedido(request, pedidos, una) -> dict:
    """Los pedidos, cada uno con ``no_llego``, y lo que su plantilla necesita."""
    entregas = correos.entregas_de(una, pedidos)
    for pedido in pedidos:
        pedido.no_llego = entregas.get(pedido.pk) in SIN_LLEGAR
    return {
        "pedidos": list(pedidos),
        "botones": Pedido.Llamada,
        "puede_llamar": una.esta_abierta() and request.user.has_perm("directorio.change_pedido"),
    }


@require_POST
@con_campanias
def cerrar(request, pk):
    una = get_object_or_404(Campania.objects.propias(request.user), pk=pk)
    if not _puede_cerrar(request.user, una) and una.cerrada_en is None:
        raise Http404
    acciones.cerrar(campania=una, por=request.user, request=request)
    messages.success(request, "Campaña cerrada: sus enlaces ya no se usan.")
    return redirect("directorio_campania", pk)


def _pedido(request, pk) -> Pedido:
    filas = Pedido.objects.propias(request.user).select_related("campania", "entidad", "operador", "centro")
    return get_object_or_404(filas, pk=pk)


@require_POST
@permission_required("directorio.change_pedido")
def llamada(request, pk):
    """Un toque anota el resultado. A htmx se le da la fila; sin él, se vuelve a la lista."""
    pedido, form, error = _pedido(request, pk), LlamadaForm(request.POST), ""
    if form.is_valid():
        try:
            acciones.anotar_llamada(pedido=pedido, por=request.user, request=request, **form.cleaned_data)
        except acciones.NoProcede as motivo:
            error = str(motivo)
    else:
        error = " ".join(mensaje for mensajes in form.errors.values() for mensaje in mensajes)
    if request.htmx:
        una = _pedido(request, pk)
        escrito = request.POST.get("nota", "")[:400] if error else una.nota
        contexto = {"pedido": una, "error": error, "escrito": escrito}
        return render(
            request,
            "directorio/campanias/_pedido.html",
            contexto | _lo_de_cada_pedido(request, [una], una.campania),
        )
    if error:
        messages.error(request, error)
    return redirect(f"{reverse('directorio_campania', args=[pedido.campania_id])}#pedido-{pedido.pk}")


@require_POST
@permission_required("directorio.change_pedido")
def anular(request, pk):
    pedido = acciones.anular_enlace(pedido=_pedido(request, pk), por=request.user, request=request)
    messages.success(request, f"{pedido}: su enlace ya no abre.")
    return redirect(reverse("directorio_campania", args=[pedido.campania_id], query={"ver": "anulados"}))
