"""Lo que una solicitud hace con los datos (copia, corrección, cancelación): primero se muestra y después se hace."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from custodia.actions.derechos import NoProcede, anotar_paso
from custodia.actions.efectos import ejecutar, preparar_paquete, sello_de
from custodia.archivos import entregar_archivo, vista_de_archivo
from custodia.derechos import CON_EFECTOS, CON_PAQUETE, efectos_de_cancelar, efectos_de_rectificar
from custodia.models import SolicitudDeDerechos
from custodia.permissions import puede_atender_solicitudes, puede_entregar_paquete, puede_ver_solicitudes

from .comun import con_permiso, solicitud_de
from .forms import RectificarForm

D = SolicitudDeDerechos.Derecho


@con_permiso(puede_atender_solicitudes, metodos=("POST",))
def preparar(request, pk):
    solicitud = _de(request, pk, CON_PAQUETE)
    try:
        preparar_paquete(solicitud=solicitud, por=request.user, request=request)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "La copia de sus datos está lista.")
    return redirect("custodia_solicitud", pk)


@vista_de_archivo
@con_permiso(puede_ver_solicitudes, metodos=("GET",))
def bajar(request, pk):
    """La copia de los datos; cada descarga queda anotada y, pasado su plazo, ya no se entrega."""
    solicitud = solicitud_de(request, pk)
    if not puede_entregar_paquete(request.user, solicitud):
        raise PermissionDenied
    if not solicitud.paquete_id or solicitud.paquete_hasta < timezone.localdate():
        raise Http404
    anotar_paso(solicitud, "Copia de los datos descargada", por=request.user, request=request)
    return entregar_archivo(solicitud.paquete, descargar=True)


@con_permiso(puede_atender_solicitudes)
def rectificar(request, pk):
    """Se dice cómo debe quedar, se ven las filas que cambian y recién entonces se corrigen."""
    solicitud = _de(request, pk, (D.RECTIFICACION,))
    form = RectificarForm(request.POST if request.method == "POST" else None)
    contexto = {"solicitud": solicitud, "form": form}
    if form.is_valid():
        cambios = form.cleaned_data

        def calcular(suya):
            return efectos_de_rectificar(suya, cambios)

        if "sello" in request.POST and _aplicar(request, solicitud, calcular):
            return redirect("custodia_solicitud", pk)
        contexto |= _vista_previa(solicitud, calcular)
    return render(request, "custodia/solicitud_rectificar.html", contexto)


@con_permiso(puede_atender_solicitudes)
def cancelar(request, pk):
    """Qué se borrará, anonimizará, bloqueará y conservará, y por qué; el POST lo hace de una vez."""
    solicitud = _de(request, pk, CON_EFECTOS)
    if request.method == "POST" and _aplicar(request, solicitud, efectos_de_cancelar):
        return redirect("custodia_solicitud", pk)
    contexto = {"solicitud": solicitud, **_vista_previa(solicitud, efectos_de_cancelar)}
    return render(request, "custodia/solicitud_cancelar.html", contexto)


def _de(request, pk, derechos) -> SolicitudDeDerechos:
    """La de ``pk`` si es de esos derechos y su identidad ya se verificó."""
    solicitud = solicitud_de(request, pk)
    if solicitud.derecho not in derechos or solicitud.estado != SolicitudDeDerechos.Estado.EN_ATENCION:
        raise Http404
    return solicitud


def _vista_previa(solicitud, calcular) -> dict:
    efectos = calcular(solicitud)
    return {"efectos": efectos, "sello": sello_de(efectos)}


def _aplicar(request, solicitud, calcular) -> bool:
    try:
        ejecutar(
            solicitud=solicitud,
            calcular=calcular,
            aceptados=request.POST.get("sello", ""),
            por=request.user,
            request=request,
        )
    except NoProcede as error:
        messages.error(request, str(error))
        return False
    messages.success(request, "Hecho. Lo que se hizo quedó en la solicitud; falta responderle.")
    return True
