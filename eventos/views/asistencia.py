"""Confirmar que se está en una sesión virtual: la página pregunta y el POST registra. Vale por la firma (R84)."""

from functools import wraps

from django.shortcuts import redirect, render

from eventos import enlaces
from eventos.actions import enlaces_de_asistencia as acciones
from eventos.actions.rechazos import NoProcede
from eventos.models import EnlaceDeAsistencia

from .inscripcion import privada

# Qué página muestra cada rechazo, y con qué código; los demás usan la última.
SITUACIONES = {
    acciones.EnlaceUsado: ("usado", 200),
    acciones.TodaviaNo: ("todavia_no", 200),
    acciones.EnlaceVencido: ("vencido", 410),
    NoProcede: ("no_procede", 410),
}


def con_enlace_de_asistencia(vista):
    """Cambia el token firmado por su enlace; uno inventado no llega a la base."""

    @privada
    @wraps(vista)
    def envuelta(request, token):
        try:
            enlace = enlaces.enlace_de_asistencia(token)
        except EnlaceDeAsistencia.DoesNotExist:
            return render(request, "eventos/enlace_invalido.html", status=404)
        return vista(request, enlace, token)

    return envuelta


@con_enlace_de_asistencia
def asistencia(request, enlace, token):
    """Abrirla, o que la abra el antivirus del correo, no confirma a nadie."""
    try:
        if request.method == "POST":
            acciones.confirmar_asistencia(enlace=enlace, request=request)
            return redirect("eventos:asistencia", token)
        acciones.exigir_que_sirva(enlace)
    except NoProcede as error:
        return _mostrar(request, enlace, error)
    return _mostrar(request, enlace)


def _mostrar(request, enlace, error=None):
    situacion, codigo = ("abierto", 200)
    if error:
        situacion, codigo = next(valor for clase, valor in SITUACIONES.items() if isinstance(error, clase))
    contexto = {
        "enlace": enlace,
        "inscripcion": enlace.inscripcion,
        "sesion": enlace.sesion,
        "capacitacion": enlace.sesion.capacitacion,
        "situacion": situacion,
        "abre_en": acciones.abre_en(enlace.sesion),
        "cierra_en": acciones.cierra_en(enlace.sesion),
        "error": error,
    }
    return render(request, "eventos/asistencia.html", contexto, status=codigo)
