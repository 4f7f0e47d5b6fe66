"""El registro de participantes de una sesión: emitirlo, imprimirlo, sus hojas, sus escaneos y sus enlaces."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.pdf import respuesta_pdf
from custodia.actions import anotar
from eventos import permissions
from eventos.actions import enlaces_de_asistencia as enlaces
from eventos.actions.hojas import emitir_hojas, esta_al_dia, hojas_vigentes
from eventos.actions.rechazos import NoProcede
from eventos.cifras import firmas_por_sesion
from eventos.documentos import anexo6 as documento
from eventos.firmantes import confirman_por_enlace, firman_en_papel
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.intranet.forms.escaneos import EscaneoForm
from eventos.intranet.sesion import elegir, url_de
from eventos.models import Asistencia

SIN_SESIONES = "Agregue primero las sesiones: el registro se firma en cada una."


@require_safe
@con_capacitacion(permissions.puede_ver_asistencia)
def registro(request, capacitacion):
    sesiones, sesion = elegir(request, capacitacion)
    if sesion is None:
        return _sin_sesiones(request, capacitacion)
    return mostrar(request, capacitacion, sesiones, sesion, EscaneoForm(sesion=sesion))


def mostrar(request, capacitacion, sesiones, sesion, form):
    """La pantalla del registro de ``sesion``; ``form``: el de subir su escaneo, con lo que estuvo mal."""
    usuario = request.user
    hojas = _con_cuentas(hojas_vigentes(sesion), sesion)
    contexto = {
        "capacitacion": capacitacion,
        "sesiones": sesiones,
        "sesion": sesion,
        "hojas": hojas,
        "al_dia": bool(hojas) and esta_al_dia(sesion),
        "en_papel": firman_en_papel(capacitacion).count(),
        "firmas": firmas_por_sesion(capacitacion).get(sesion.pk, 0),
        "escaneos": _escaneos(usuario, sesion),
        "enlaces": _enlaces(capacitacion, sesion),
        "form": form,
        "puede_emitir": permissions.puede_emitir_registro(usuario, capacitacion),
        "puede_imprimir": permissions.puede_imprimir_registro(usuario, capacitacion),
        "puede_registrar": permissions.puede_registrar_asistencia(usuario, capacitacion),
        "puede_enviar": permissions.puede_enviar_enlaces(usuario, capacitacion),
        "puede_subir": permissions.puede_adjuntar_escaneo(usuario, capacitacion),
        "puede_quitar": permissions.puede_quitar_escaneo(usuario, capacitacion),
    }
    return render(request, "eventos/intranet/registro.html", contexto)


def _con_cuentas(hojas, sesion) -> list:
    """Cada hoja con ``listan``, ``firmaron`` y ``esta_escaneada``."""
    firmas = set(Asistencia.objects.filter(sesion=sesion).firmadas().values_list("inscripcion", flat=True))
    for hoja in hojas:
        llaves = set(hoja.lineas().values_list("inscripcion", flat=True))
        hoja.listan, hoja.firmaron = len(llaves), len(llaves & firmas)
        hoja.esta_escaneada = hoja.escaneos.exists()
    return hojas


def _escaneos(usuario, sesion) -> list:
    if not permissions.puede_ver_escaneos(usuario):
        return []
    return list(sesion.escaneos.select_related("archivo", "subido_por").prefetch_related("hojas"))


def _enlaces(capacitacion, sesion) -> dict | None:
    """Cuántos asisten a distancia, a cuántos se envió y cuántos confirmaron; nada si es solo presencial."""
    a_distancia = confirman_por_enlace(capacitacion)
    total = a_distancia.count()
    if not total and not capacitacion.es_virtual:
        return None
    enviados = sesion.enlaces_de_asistencia
    return {
        "total": total,
        "sin_correo": a_distancia.filter(correo="").count(),
        "enviados": enviados.count(),
        "usados": enviados.filter(usado_en__isnull=False).count(),
        "abre_en": enlaces.abre_en(sesion),
        "cierra_en": enlaces.cierra_en(sesion),
    }


def _sin_sesiones(request, capacitacion):
    messages.error(request, SIN_SESIONES)
    return redirect("eventos_intranet:panel", capacitacion.pk)


@require_POST
@con_capacitacion(permissions.puede_ver_asistencia)
def emitir(request, capacitacion):
    """Emite las hojas de la sesión; si la lista no cambió, son las mismas."""
    exigir(permissions.puede_emitir_registro(request.user, capacitacion))
    _, sesion = elegir(request, capacitacion)
    if sesion is None:
        return _sin_sesiones(request, capacitacion)
    try:
        hojas = emitir_hojas(sesion=sesion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        cuantas = "una hoja" if len(hojas) == 1 else f"{len(hojas)} hojas"
        messages.success(request, f"El registro está listo, en {cuantas}. Descárguelo e imprímalo.")
    return redirect(url_de("registro", sesion))


@con_capacitacion(permissions.puede_ver_asistencia)
def anexo6(request, capacitacion):
    """Las hojas ya emitidas de la sesión, en PDF para firmar."""
    exigir(permissions.puede_imprimir_registro(request.user, capacitacion))
    _, sesion = elegir(request, capacitacion)
    if sesion is None:
        return _sin_sesiones(request, capacitacion)
    hojas = hojas_vigentes(sesion)
    if not hojas:
        messages.error(request, "Emita primero el registro: cada hoja lleva su código.")
        return redirect(url_de("registro", sesion))
    detalle = {"hojas": len(hojas), "sesion": str(sesion)}
    anotar(accion="descargar Anexo 6", por=request.user, objeto=capacitacion, detalle=detalle, request=request)
    return respuesta_pdf(documento.pdf(sesion, hojas), f"anexo6-{capacitacion.slug}.pdf")


@require_POST
@con_capacitacion(permissions.puede_ver_asistencia)
def enviar_enlaces(request, capacitacion):
    """Ahora mismo, a quien asiste a distancia y aún no confirmó."""
    exigir(permissions.puede_enviar_enlaces(request.user, capacitacion))
    _, sesion = elegir(request, capacitacion)
    if sesion is None:
        return _sin_sesiones(request, capacitacion)
    try:
        cuantos = enlaces.reenviar_enlaces(sesion=sesion, por=request.user)
    except NoProcede as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _que_se_envio(cuantos))
    return redirect(url_de("registro", sesion))


def _que_se_envio(cuantos) -> str:
    if not cuantos:
        return "No había a quién enviarlo: ya confirmaron, o se les envió hace menos de cinco minutos."
    return "Un enlace va en camino." if cuantos == 1 else f"{cuantos} enlaces van en camino."
