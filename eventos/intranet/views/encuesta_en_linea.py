"""La encuesta en línea, del lado del personal: la pantalla de la sala, el correo, el cierre y la tabla (ADR 0017)."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from comun.exportar import CSV, respuesta_tabla
from custodia.actions import anotar
from eventos import permissions
from eventos.actions import encuesta_en_linea as acciones
from eventos.actions import sala_de_encuesta as de_sala
from eventos.actions.rechazos import NoProcede
from eventos.cifras import cifras_de
from eventos.encuestas import resumen_de, tabla_de
from eventos.enlaces import url_absoluta
from eventos.intranet.acceso import con_capacitacion, exigir
from eventos.models import AplicacionDeEncuesta


@require_safe
@never_cache
@con_capacitacion(permissions.puede_ver_encuestas)
def sala(request, capacitacion):
    """A pantalla completa: el QR, la dirección corta y cuántos contestaron; se actualiza sola."""
    exigir(permissions.puede_registrar_encuestas(request.user, capacitacion))
    aplicacion = AplicacionDeEncuesta.objects.filter(capacitacion=capacitacion).first()
    abierta = aplicacion is not None and aplicacion.sala_abierta()
    contexto = {
        "capacitacion": capacitacion,
        "abierta": abierta,
        "url": url_absoluta("eventos:encuesta-sala", aplicacion.clave) if abierta else "",
        "enviada": abierta and aplicacion.enviada_en is not None,
        "respuestas": capacitacion.respuestas.count(),
        "participantes": cifras_de(capacitacion).participantes,
        "libres": de_sala.boletas_libres(capacitacion),
    }
    return render(request, "eventos/intranet/encuesta_sala.html", contexto)


def _post(accion, exito, *, destino="encuestas"):
    """Una vista de un solo botón: hace ``accion`` y vuelve a ``destino``; ``exito(resultado)`` es lo que dice."""

    @require_POST
    @con_capacitacion(permissions.puede_ver_encuestas)
    def vista(request, capacitacion):
        exigir(permissions.puede_registrar_encuestas(request.user, capacitacion))
        try:
            resultado = accion(capacitacion=capacitacion, por=request.user)
        except NoProcede as error:
            messages.error(request, str(error))
            return redirect("eventos_intranet:encuestas", capacitacion.pk)
        if texto := exito(resultado):
            messages.success(request, texto)
        return redirect(f"eventos_intranet:{destino}", capacitacion.pk)

    return vista


def _enviadas(cuantas):
    if not cuantas:
        return "No había a quién enviarla: nadie con correo firmó después del último envío."
    return f"La encuesta va por correo a {cuantas} participante{'' if cuantas == 1 else 's'}."


abrir_sala = _post(de_sala.abrir_sala, lambda _: "", destino="encuesta-sala")
cerrar_sala = _post(de_sala.cerrar_sala, lambda _: "", destino="encuesta-sala")
enviar = _post(acciones.enviar_encuesta, _enviadas)
no_enviar = _post(acciones.no_enviar, lambda _: "No saldrá por correo, salvo que usted la envíe.")
cerrar = _post(acciones.cerrar_encuesta, lambda _: "La encuesta en línea quedó cerrada.")


@require_safe
@con_capacitacion(permissions.puede_ver_encuestas)
def resultados_csv(request, capacitacion):
    """Los resultados del conjunto; lo que la pantalla no muestra, tampoco sale aquí."""
    anotar(accion="exportar encuestas", por=request.user, objeto=capacitacion, request=request)
    encabezados, filas = tabla_de(resumen_de(capacitacion))
    return respuesta_tabla(encabezados, filas, nombre=f"encuesta-{capacitacion.slug}", formato=CSV)
