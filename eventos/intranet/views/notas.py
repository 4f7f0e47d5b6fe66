"""La rejilla de notas de papel: una fila por persona, la entrada y la salida (R89)."""

from django.shortcuts import redirect, render
from wagtail.admin import messages

from eventos import permissions
from eventos.actions.nota import NoProcede, registrar_notas
from eventos.intranet.acceso import exigir
from eventos.intranet.forms.pruebas import notas_de
from eventos.pruebas import resultados_de

from .pruebas import con_prueba


@con_prueba(permissions.puede_ver_notas)
def notas(request, prueba):
    capacitacion = prueba.capacitacion
    puede = permissions.puede_registrar_notas(request.user, capacitacion)
    filas = notas_de(prueba, request.POST or None)
    error = ""
    if request.method == "POST":
        exigir(puede)
        malas = [fila for fila in filas if not fila.is_valid()]  # todas, para mostrar juntos los errores
        if not malas:
            error = _guardar(request, prueba, filas)
            if not error:
                return redirect("eventos_intranet:notas", prueba.pk)
    contexto = {
        "capacitacion": capacitacion,
        "prueba": prueba,
        "filas": filas,
        "puede_registrar": puede,
        "error": error,
        "hay_errores": any(fila.is_bound and fila.errors for fila in filas),
        "resultados": resultados_de(prueba),
    }
    return render(request, "eventos/intranet/notas.html", contexto)


def _guardar(request, prueba, filas) -> str:
    """«» si se guardó; si no, por qué."""
    escritas = [nota for fila in filas for nota in fila.cambiadas]
    try:
        cambios = registrar_notas(prueba=prueba, notas=escritas, por=request.user)
    except NoProcede as rechazo:
        return str(rechazo)
    messages.success(request, f"Se guardaron {cambios} notas." if cambios else "No había nada que cambiar.")
    return ""
