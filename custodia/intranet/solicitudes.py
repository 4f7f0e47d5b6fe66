"""Las solicitudes sobre datos personales: la lista con sus relojes, el registro en papel y la ficha."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from comun.alcance import alcance_de
from comun.busqueda import filtrar_por_texto
from comun.reservado import reservar
from custodia.actions import anotar
from custodia.actions.derechos import registrar as recibir
from custodia.actions.efectos import adjuntar_documento
from custodia.archivos import entregar_archivo, vista_de_archivo
from custodia.derechos import CON_EFECTOS, CON_PAQUETE
from custodia.documento import seccion_de_documento
from custodia.forms import SolicitudEnPapelForm
from custodia.models import SolicitudDeDerechos
from custodia.permissions import (
    puede_atender_solicitudes,
    puede_entregar_paquete,
    puede_registrar_solicitud,
    puede_ver_solicitudes,
)
from custodia.reloj import dias_que_faltan, semaforo
from organizacion.models import Centro

from .comun import con_permiso, solicitud_de
from .pasos import pasos_posibles

POR_PAGINA = 30
VISTAS = {"": "Abiertas", "vencidas": "Vencidas", "cerradas": "Cerradas", "todas": "Todas"}


def con_reloj(solicitudes) -> list[dict]:
    """Cada una con su color y los días hábiles que le faltan."""
    return [{"fila": s, "semaforo": semaforo(s), "faltan": dias_que_faltan(s)} for s in solicitudes]


@con_permiso(puede_ver_solicitudes, metodos=("GET", "HEAD"))
def lista(request):
    if a_su_clave := reservar(request):
        return a_su_clave
    ver, texto = request.GET.get("ver", ""), request.GET.get("q", "")[:100]
    filas = _vista(SolicitudDeDerechos.objects.para(request.user), ver)
    filas = filtrar_por_texto(filas, texto).select_related("centro")
    pagina = Paginator(filas, POR_PAGINA).get_page(request.GET.get("p"))
    contexto = {
        "filas": con_reloj(pagina.object_list),
        "pagina": pagina,
        "vistas": [(clave, rotulo, clave == ver) for clave, rotulo in VISTAS.items()],
        "texto": texto,
        "ver": ver,
        "puede_registrar": puede_registrar_solicitud(request.user) and _centros(request.user),
    }
    return render(request, "custodia/solicitudes.html", contexto)


def _vista(filas, ver):
    if ver == "vencidas":
        return filas.vencidas()
    if ver == "cerradas":
        return filas.exclude(estado__in=SolicitudDeDerechos.ABIERTAS).order_by("-cerrada_en")
    return filas if ver == "todas" else filas.abiertas()


def _centros(usuario) -> list[int]:
    """Los centros por los que puede recibir en papel."""
    alcance = alcance_de(usuario, "custodia.add_solicituddederechos")
    activos = Centro.objects.activos()
    return list((activos if alcance.nacional else activos.filter(pk__in=alcance.centros)).values_list("pk", flat=True))


@con_permiso(puede_registrar_solicitud)
def registrar(request):
    """Una que llegó en papel: el día en que se presentó es desde el que corre el plazo."""
    form = SolicitudEnPapelForm(request.POST or None, request.FILES or None, centros=_centros(request.user))
    if form.is_valid():
        solicitud = recibir(datos=form.datos, por=request.user, request=request)
        if form.copia:
            adjuntar_documento(solicitud=solicitud, contenido=form.copia, por=request.user, request=request)
        messages.success(request, f"Registrada con el número {solicitud.numero}. Dígaselo a la persona.")
        return redirect("custodia_solicitud", solicitud.pk)
    return render(request, "custodia/solicitud_registrar.html", {"form": form})


@con_permiso(puede_ver_solicitudes, metodos=("GET", "HEAD"))
def detalle(request, pk):
    solicitud = solicitud_de(request, pk)
    atiende = puede_atender_solicitudes(request.user)
    en_atencion = solicitud.estado == SolicitudDeDerechos.Estado.EN_ATENCION
    contexto = {
        "solicitud": solicitud,
        "semaforo": semaforo(solicitud),
        "faltan": dias_que_faltan(solicitud),
        "historia": solicitud.pasos.select_related("por"),
        "posibles": pasos_posibles(solicitud) if atiende else [],
        "atiende": atiende,
        "con_paquete": atiende and en_atencion and solicitud.derecho in CON_PAQUETE,
        "con_efectos": atiende and en_atencion and solicitud.derecho in CON_EFECTOS,
        "con_correccion": atiende and en_atencion and solicitud.derecho == solicitud.Derecho.RECTIFICACION,
        "documento": seccion_de_documento(request, "solicitud", solicitud)["contexto"],
        "puede_bajar": puede_entregar_paquete(request.user, solicitud),
    }
    return render(request, "custodia/solicitud_detalle.html", contexto)


@vista_de_archivo
@con_permiso(puede_atender_solicitudes, metodos=("GET",))
def documento(request, pk):
    """La copia del documento de identidad; verla queda anotado."""
    solicitud = solicitud_de(request, pk)
    if not solicitud.copia_de_documento_id:
        raise Http404
    anotar(accion="ver la copia de un documento", por=request.user, objeto=solicitud, request=request)
    return entregar_archivo(solicitud.copia_de_documento)
