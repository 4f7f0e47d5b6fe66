"""Quién firmó en cada sesión, persona por persona, y quién llegó sin inscribirse."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from comun.busqueda import filtrar_por_texto
from comun.reservado import reservar
from eventos import permissions
from eventos.actions import asistencia as acciones
from eventos.actions.asistencia import marcar_asistencias
from eventos.actions.inscripcion import InscripcionRechazada
from eventos.actions.maximo import aviso_de_maximo
from eventos.actions.rechazos import NoProcede
from eventos.cifras import firmas_por_sesion
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.asistencia import PuertaForm
from eventos.intranet.sesion import elegir, url_de
from eventos.models import Asistencia, Inscripcion


@con_capacitacion(permissions.puede_ver_asistencia)
def mesa(request, capacitacion):
    """Lista de la sesión; el POST guarda las marcas que cambiaron desde que se abrió la página."""
    if request.method == "GET" and (a_su_clave := reservar(request)):
        return a_su_clave
    sesiones, sesion = elegir(request, capacitacion)
    if request.method == "POST":
        exigir(permissions.puede_registrar_asistencia(request.user, capacitacion))
        if sesion:
            _guardar_hoja(request, sesion)
        return redirect(_url_mesa(capacitacion, sesion, request.POST.get("q", "")))
    return _mostrar(request, capacitacion, sesiones, sesion, PuertaForm(capacitacion=capacitacion, sesion=sesion))


def _url_mesa(capacitacion, sesion, q=""):
    if sesion is None:
        return reverse("eventos_intranet:asistencia", args=[capacitacion.pk])
    return url_de("asistencia", sesion, q=q)


def _mostrar(request, capacitacion, sesiones, sesion, form, status=200):
    q = request.GET.get("q", "")[:100]
    inscritas = _inscritas(capacitacion, sesion, q)
    contexto = {
        "capacitacion": capacitacion,
        "sesiones": sesiones,
        "sesion": sesion,
        "q": q,
        "form": form,
        "abrir_puerta": request.resolver_match.url_name == "asistencia-inscribir",
        "confirmadas": [fila for fila in inscritas if fila.estado == Inscripcion.Estado.CONFIRMADA],
        "en_espera": [fila for fila in inscritas if fila.estado != Inscripcion.Estado.CONFIRMADA],
        "firmas": firmas_por_sesion(capacitacion).get(sesion.pk, 0) if sesion else 0,
        "total": capacitacion.inscripciones.confirmadas().count(),
        "puede_registrar": permissions.puede_registrar_asistencia(request.user, capacitacion),
        "puede_inscribir": permissions.puede_inscribir(request.user, capacitacion),
        "ya_llego": sesion is not None and sesion.fecha <= timezone.localdate(),
    }
    return render(request, "eventos/intranet/asistencia.html", contexto, status=status)


def _inscritas(capacitacion, sesion, q="") -> list[Inscripcion]:
    """Las vigentes por apellido, sin que la tilde cambie el orden; cada una con ``firmo`` según la sesión."""
    vigentes = filtrar_por_texto(capacitacion.inscripciones.vigentes(), q)
    filas = list(vigentes.select_related("persona", "entidad").order_by("texto_busqueda", "pk"))
    firmas = Asistencia.objects.filter(sesion=sesion).firmadas().values_list("inscripcion_id", flat=True)
    firmaron = set(firmas) if sesion else set()
    for fila in filas:
        fila.firmo = fila.pk in firmaron
    return filas


def _llaves(request, nombre) -> set[int]:
    return {int(llave) for llave in request.POST.getlist(nombre) if llave.isdecimal() and len(llave) < 19}


def _guardar_hoja(request, sesion):
    marcadas, antes = _llaves(request, "firmo"), _llaves(request, "antes")
    if "todos" in request.POST:
        marcadas |= _llaves(request, "mostrada")
    try:
        cambios = marcar_asistencias(
            sesion=sesion, firmaron=marcadas - antes, no_firmaron=antes - marcadas, por=request.user
        )
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Se guardaron {cambios} cambios." if cambios else "No había nada que cambiar.")


@require_POST
@con_capacitacion(permissions.puede_ver_asistencia)
def marcar(request, capacitacion):
    """Una sola marca, para guardar mientras se toca la pantalla. Responde en JSON."""
    exigir(permissions.puede_registrar_asistencia(request.user, capacitacion))
    sesion = next((s for s in capacitacion.sesiones.all() if str(s.pk) == request.POST.get("sesion")), None)
    inscripcion = _llaves(request, "inscripcion")
    if sesion is None or not capacitacion.inscripciones.vigentes().filter(pk__in=inscripcion).exists():
        return JsonResponse({"error": "Esa persona o esa sesión ya no está; recargue la página."}, status=400)
    firmo = request.POST.get("firmo") == "1"
    try:
        marcar_asistencias(
            sesion=sesion,
            firmaron=inscripcion if firmo else set(),
            no_firmaron=set() if firmo else inscripcion,
            por=request.user,
        )
    except NoProcede as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"firmas": firmas_por_sesion(capacitacion).get(sesion.pk, 0)})


@con_capacitacion(permissions.puede_ver_asistencia)
def inscribir_en_puerta(request, capacitacion):
    """Inscribe a quien llegó y, si ya firmó, lo registra en la sesión aunque exceda los cupos."""
    exigir(permissions.puede_inscribir(request.user, capacitacion))
    sesiones, sesion = elegir(request, capacitacion)
    form = PuertaForm(request.POST or None, capacitacion=capacitacion, sesion=sesion)
    if form.is_valid() and _inscribir(request, form, sesion):
        return redirect(_url_mesa(capacitacion, sesion))
    return _mostrar(request, capacitacion, sesiones, sesion, form)


def _inscribir(request, form, sesion) -> bool:
    try:
        inscripcion = acciones.inscribir_en_puerta(
            capacitacion=form.capacitacion,
            datos=form.datos,
            sesion=sesion if form.cleaned_data.get("firmo") else None,
            por=request.user,
            request=request,
        )
    except (InscripcionRechazada, NoProcede) as error:
        form.add_error(None, str(error))
        return False
    espera = " Quedó en la lista de espera." if inscripcion.estado == Inscripcion.Estado.EN_ESPERA else ""
    messages.success(request, f"Inscrita: {inscripcion}.{espera}")
    if aviso := aviso_de_maximo(inscripcion):
        messages.warning(request, aviso)
    return True
