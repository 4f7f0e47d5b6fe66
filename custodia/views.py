"""El rastro y el inventario en la intranet, para quien tiene ``custodia.view_huella``."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from comun.exportar import CSV, respuesta_tabla
from comun.modeladmin.listado import PaginadorConTope
from comun.motivo import pregunta_de_motivo
from comun.registros import al_exportar

from . import afectados, consulta, inventario
from .actions import anotar
from .forms import BuscarPersonaForm, RastroForm
from .models import Huella, Sello
from .permissions import puede_ver_rastro

POR_PAGINA = 50
# Lo que cabe en una hoja que alguien lee; para más, se acotan las fechas.
TOPE_DE_EXPORTACION = 20_000
ENCABEZADOS = ["número", "cuándo", "quién", "usuario", "acción", "sobre", "detalle", "motivo", "dirección IP"]


def _con_permiso(vista):
    @wraps(vista)
    def envuelta(request, *args, **kwargs):
        if not puede_ver_rastro(request.user):
            raise PermissionDenied
        respuesta = vista(request, *args, **kwargs)
        respuesta["Cache-Control"] = "no-store"
        return respuesta

    return envuelta


def _pedido(request):
    """(formulario, afectado, huellas) de lo que dice la dirección; con un filtro malo, ninguna huella."""
    form = RastroForm(request.GET)
    afectado = afectados.de_referencia(request.GET.get("de", ""), request.user)
    if not form.is_valid() or (request.GET.get("de") and afectado is None):
        return form, afectado, Huella.objects.none()
    return form, afectado, consulta.buscar_huellas(form.cleaned_data, afectado)


@require_GET
@_con_permiso
def rastro(request):
    form, afectado, huellas = _pedido(request)
    paginador = PaginadorConTope(huellas, POR_PAGINA)
    pagina = paginador.get_page(request.GET.get("p"))
    contexto = {
        "form": form,
        "afectado": afectado,
        "filas": consulta.en_palabras(pagina.object_list, request.user),
        "pagina": pagina,
        "rango": paginador.get_elided_page_range(pagina.number),
        "acciones": consulta.acciones_recientes(),
        "sello": Sello.objects.first(),
        "hay_filtro": any(request.GET.get(campo) for campo in ("de", *form.fields)),
    }
    return render(request, "custodia/rastro.html", contexto)


@require_http_methods(["GET", "POST"])
@_con_permiso
def buscar_persona(request):
    """Por POST: lo que se escribe es de alguien y no debe quedar en la dirección ni en los registros del servidor."""
    form = BuscarPersonaForm(request.POST if request.method == "POST" else None)
    hallados = None
    if request.method == "POST" and form.is_valid():
        hallados = afectados.buscar(form.cleaned_data["texto"], request.user)
        anotar(
            accion="buscar a una persona en el rastro",
            por=request.user,
            detalle={"coincidencias": len(hallados)},
            request=request,
        )
    return render(request, "custodia/buscar_persona.html", {"form": form, "hallados": hallados})


@require_GET
@_con_permiso
def huella(request, pk):
    fila = get_object_or_404(Huella.objects.select_related("usuario", "eslabon"), pk=pk)
    contexto = {
        **consulta.en_palabras([fila], request.user)[0],
        "detalle": consulta.detalle_en_palabras(fila),
        "eslabon": getattr(fila, "eslabon", None),
    }
    return render(request, "custodia/huella.html", contexto)


@require_http_methods(["GET", "POST"])
@_con_permiso
def exportar(request):
    volver = f"{reverse('custodia_rastro')}?{request.GET.urlencode()}"
    if pregunta := pregunta_de_motivo(request, Huella, volver=volver):
        return pregunta
    _, _, huellas = _pedido(request)
    filas = [_renglon(dicha) for dicha in consulta.en_palabras(huellas[:TOPE_DE_EXPORTACION], request.user)]
    for avisar in al_exportar:
        avisar(request.user, Huella, len(filas), request)
    return respuesta_tabla(ENCABEZADOS, filas, nombre="rastro", formato=CSV)


def _renglon(dicha: dict) -> list:
    fila = dicha["huella"]
    detalle = "; ".join(f"{llave}: {valor}" for llave, valor in consulta.detalle_en_palabras(fila))
    quien = (dicha["quien"], fila.usuario_nombre)
    return [fila.pk, fila.ocurrida_en, *quien, dicha["que"], dicha["sobre"], detalle, fila.motivo, fila.ip]


@require_GET
@_con_permiso
def datos_personales(request):
    """El inventario generado de los modelos (Ley 29733)."""
    return render(request, "custodia/datos_personales.html", {"inventario": list(inventario.por_tratamiento())})
